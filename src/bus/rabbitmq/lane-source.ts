import type { Channel, Connection } from 'rabbitmq-client';
import { type Priority, priorities } from '../bus.ts';
import type { Claim, LaneSource } from '../claim.ts';
import type { LaneWatch } from '../lane-watch.ts';
import { foreign, parseReceived, toRawBody } from './envelope.ts';
import { createForward, type ForwardParts, type Letter } from './forward.ts';
import { createLiveChannel } from './live-channel.ts';
import { laneQueue } from './topology.ts';

export interface RabbitSourceParts extends ForwardParts {
  connection: Connection;
  watch: LaneWatch;
}

export interface RabbitSource extends LaneSource {
  /** Messages claimed and not yet settled. */
  inHand(): number;
  close(): Promise<void>;
}

/**
 * Messages are fetched one by one (basic.get) when a handler is free, and the broker rings when one arrives. So nothing is prefetched:
 * the lanes are weighed over all that waits, and a process that is killed has held only what it was handling, which keeps attempts true.
 */
export function createRabbitSource(parts: RabbitSourceParts): RabbitSource {
  const { topology, watch } = parts;
  const inHand = new Set<AbortController>();
  const forward = createForward(parts);
  const live = createLiveChannel({ ...parts, onClosed: loseAll });

  function loseAll(): void {
    for (const lost of inHand) lost.abort();
    inHand.clear();
    watch.ring();
  }

  async function claim(lane: Priority): Promise<Claim | null> {
    const channel = await live.get();
    for (;;) {
      const received = await channel.basicGet({ queue: topology.lane(lane) });
      if (!received) return null;
      const { message, failures, crashes } = parseReceived(topology.queue, received);
      const attempt = failures + crashes + 1;
      const letter = { message: message ?? foreign(topology.queue, received), attempt, body: toRawBody(received) };
      const held = hold(channel, received.deliveryTag, letter);
      if (message) return { ...held, message, attempt, isSuspect: crashes > 0 };
      await held.settle({ kind: 'dead', reason: 'internal: not a message of ours' });
    }
  }

  function hold(channel: Channel, deliveryTag: number, letter: Letter): Pick<Claim, 'lost' | 'settle'> {
    const lost = new AbortController();
    inHand.add(lost);
    return {
      lost: lost.signal,
      settle: async (outcome) => {
        await forward(letter, outcome, lost.signal);
        if (channel.active) channel.basicAck({ deliveryTag });
        inHand.delete(lost);
      },
    };
  }

  async function hasWork(): Promise<boolean> {
    const channel = await live.get();
    for (const priority of priorities) {
      const { messageCount } = await channel.queueDeclare(laneQueue(topology, priority));
      if (messageCount > 0) return true;
    }
    return false;
  }

  return { claim, hasWork, inHand: () => inHand.size, close: live.close };
}
