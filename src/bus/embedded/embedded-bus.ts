import type { Connection } from 'mongoose';
import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure.ts';
import { withDatabaseRetry } from '../../store/database-retry.ts';
import { isDuplicateKey } from '../../store/duplicate-key.ts';
import {
  type Bus,
  type ConsumeOptions,
  type Consumer,
  defaultRetryPolicy,
  type Handler,
  type Message,
  type RetryPolicy,
} from '../bus.ts';
import type { BusLog } from '../claim.ts';
import { startConsumer } from '../consumer.ts';
import { createLaneWatch, type LaneWatch } from '../lane-watch.ts';
import { checkMessage } from '../message.ts';
import { createLaneSource } from './lane-source.ts';
import { countDepth, findDeadLetters, replayDeadLetters } from './queries.ts';
import { createIndexes, messagesOf, toStored } from './stored-message.ts';

export interface EmbeddedBusOptions {
  /** Its writes must be journaled, as `connectStore` gives it: what `publish` confirmed is then never forgotten. */
  connection: Connection;
  clock: Clock;
  log: BusLog;
  retry?: RetryPolicy;
  /** How long a message stays with a process that died, in ms; default 30 000. Handlers may take longer: it is renewed. */
  leaseMs?: number;
  /** How long `publish` tries while the database is away, in ms; default 10 000. */
  publishTimeoutMs?: number;
  /** How often an idle consumer looks for what other processes published, in ms; default 100 growing to 500. */
  poll?: { minMs: number; maxMs: number };
}

/** The bus of a single machine: messages live in MongoDB (`bus_messages`), so whatever keeps the tickets keeps them too. */
export async function createEmbeddedBus(options: EmbeddedBusOptions): Promise<Bus> {
  const { connection, clock, log, retry = defaultRetryPolicy, leaseMs = 30_000, publishTimeoutMs = 10_000 } = options;
  const poll = options.poll ?? { minMs: 100, maxMs: 500 };
  const messages = () => messagesOf(connection);
  const watches = new Map<string, LaneWatch>();
  const consumers = new Set<Consumer>();
  await createIndexes(messages());

  function watchOf(queue: string): LaneWatch {
    const watch = watches.get(queue) ?? createLaneWatch(clock, 2 * poll.maxMs);
    watches.set(queue, watch);
    return watch;
  }

  async function publish(message: Message): Promise<void> {
    const checked = checkMessage(message);
    const stored = toStored(checked, clock.now());
    const insert = () => messages().insertOne(stored).catch(ignoreDuplicate);
    try {
      await withDatabaseRetry(insert, { timeoutMs: publishTimeoutMs });
    } catch (cause) {
      throw new Failure('bus-unavailable', 'retry', 'the database did not keep the message', { cause });
    }
    watches.get(checked.queue)?.ring(checked.priority);
  }

  async function consume(queue: string, handler: Handler, limits: ConsumeOptions = {}): Promise<Consumer> {
    const watch = watchOf(queue);
    const source = createLaneSource({ queue, messages, clock, log, leaseMs });
    const consumer = startConsumer({ queue, source, watch, handler, options: limits, retry, log, poll });
    consumers.add(consumer);
    return {
      stop: async () => {
        await consumer.stop();
        consumers.delete(consumer);
      },
    };
  }

  async function replay(queue: string, id?: string): Promise<number> {
    const count = await replayDeadLetters(messages(), queue, id, clock.now());
    watches.get(queue)?.ring();
    return count;
  }

  return {
    publish,
    consume,
    depth: (queue) => countDepth(messages(), queue, clock.now()),
    deadLetters: (queue, limit) => findDeadLetters(messages(), queue, limit),
    replay,
    close: async () => {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      consumers.clear();
    },
  };
}

function ignoreDuplicate(error: unknown): void {
  if (!isDuplicateKey(error)) throw error;
}
