import type { Channel, Connection, SyncMessage } from 'rabbitmq-client';
import { type Message, type Priority, priorities } from '../bus.ts';
import type { BusLog, Claim, LaneSource } from '../consumer.ts';
import type { LaneWatch } from '../lane-watch.ts';
import type { Outcome } from '../outcome.ts';
import { openBell } from './bell.ts';
import type { ConfirmedPublisher } from './confirmed-publisher.ts';
import { foreign, parseReceived, toBody, toEnvelope } from './envelope.ts';
import { declare, laneQueue, type Topology } from './topology.ts';

export interface RabbitSourceParts {
  connection: Connection;
  publisher: ConfirmedPublisher;
  topology: Topology;
  watch: LaneWatch;
  now: () => Date;
  log: BusLog;
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
  const { connection, publisher, topology, watch, now, log } = parts;
  const inHand = new Set<AbortController>();
  let opening: Promise<Channel> | undefined;

  /** The channel at this moment; opened anew, with its bell, after the connection was lost. */
  async function channel(): Promise<Channel> {
    opening ??= open().catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  async function open(): Promise<Channel> {
    await declare(connection, topology);
    const opened = await connection.acquire({ emitErrorsFromChannel: true });
    opened.on('error', (error) => log.warn({ queue: topology.queue, err: error }, 'RabbitMQ channel failed'));
    opened.once('close', () => {
      opening = undefined;
      for (const lost of inHand) lost.abort();
      inHand.clear();
      watch.ring();
    });
    await openBell(opened, topology, watch);
    return opened;
  }

  async function claim(lane: Priority): Promise<Claim | null> {
    const current = await channel();
    for (;;) {
      const received = await current.basicGet({ queue: topology.lane(lane) });
      if (!received) return null;
      const { message, failures, crashes } = parseReceived(topology.queue, received);
      if (message) return hold(current, received, message, failures, crashes);
      await bury(foreign(topology.queue, received), 0, 'internal: not a message of ours', received.body);
      current.basicAck({ deliveryTag: received.deliveryTag });
    }
  }

  function hold(on: Channel, { deliveryTag }: SyncMessage, message: Message, failures: number, crashes: number): Claim {
    const lost = new AbortController();
    inHand.add(lost);
    const attempt = failures + crashes + 1;
    return {
      message,
      attempt,
      isSuspect: crashes > 0,
      lost: lost.signal,
      settle: async (outcome) => {
        await forward(message, attempt, outcome, lost.signal);
        if (!lost.signal.aborted) on.basicAck({ deliveryTag });
        inHand.delete(lost);
      },
    };
  }

  /** Puts the message where it goes next, before it is acknowledged here; repeated for as long as it is ours. */
  async function forward(message: Message, attempt: number, outcome: Outcome, lost: AbortSignal): Promise<void> {
    while (outcome.kind !== 'done' && !lost.aborted) {
      try {
        if (outcome.kind === 'retry') await delay(message, attempt, outcome.delayMs);
        else await bury(message, attempt, outcome.reason);
        return;
      } catch (error) {
        log.warn({ queue: topology.queue, err: error, outcome: outcome.kind }, 'outcome not kept yet');
      }
    }
  }

  async function delay(message: Message, attempt: number, delayMs: number): Promise<void> {
    const where = { exchange: topology.delay(delayMs), routingKey: topology.routingKey(message.priority) };
    await publisher.send({ ...toEnvelope(message, { attempt }), ...where }, toBody(message));
  }

  async function bury(message: Message, attempt: number, reason: string, body = toBody(message)): Promise<void> {
    const headers = { attempt, reason, 'dead-at': now().toISOString() };
    await publisher.send({ ...toEnvelope(message, headers), routingKey: topology.dead }, body);
  }

  async function hasWork(): Promise<boolean> {
    const current = await channel();
    for (const priority of priorities) {
      const { messageCount } = await current.queueDeclare(laneQueue(topology, priority));
      if (messageCount > 0) return true;
    }
    return false;
  }

  async function close(): Promise<void> {
    await (await opening?.catch(() => undefined))?.close();
  }

  return { claim, hasWork, inHand: () => inHand.size, close };
}
