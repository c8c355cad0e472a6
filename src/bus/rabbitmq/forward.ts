import type { Message } from '../bus.ts';
import type { BusLog } from '../claim.ts';
import type { Outcome } from '../outcome.ts';
import type { ConfirmedPublisher } from './confirmed-publisher.ts';
import { toEnvelope } from './envelope.ts';
import type { Topology } from './topology.ts';

export interface ForwardParts {
  publisher: ConfirmedPublisher;
  topology: Topology;
  now: () => Date;
  log: BusLog;
}

/** A message in hand, with its bytes: those of a message that is none of ours are kept as they came. */
export interface Letter {
  message: Message;
  attempt: number;
  body: Buffer;
}

/**
 * Puts a message where its outcome sends it, confirmed, before the delivery is acknowledged. Repeats until it is there or `lost` aborts.
 */
export type Forward = (letter: Letter, outcome: Outcome, lost: AbortSignal) => Promise<void>;

export function createForward({ publisher, topology, now, log }: ForwardParts): Forward {
  function send({ message, attempt, body }: Letter, outcome: Exclude<Outcome, { kind: 'done' }>): Promise<void> {
    if (outcome.kind === 'retry') {
      const where = { exchange: topology.delay(outcome.delayMs), routingKey: topology.routingKey(message.priority) };
      return publisher.send({ ...toEnvelope(message, { attempt }), ...where }, body);
    }
    const headers = { attempt, reason: outcome.reason, 'dead-at': now().toISOString() };
    return publisher.send({ ...toEnvelope(message, headers), routingKey: topology.dead }, body);
  }

  return async (letter, outcome, lost) => {
    while (outcome.kind !== 'done' && !lost.aborted) {
      try {
        return await send(letter, outcome);
      } catch (error) {
        log.warn({ queue: topology.queue, err: error, outcome: outcome.kind }, 'outcome not kept yet');
      }
    }
  };
}
