import type { Clock } from '../../domain/clock.ts';
import type { QueueDepth, RetryPolicy } from '../bus.ts';
import {
  type Bus,
  type ConsumeOptions,
  type Consumer,
  defaultRetryPolicy,
  type Handler,
  type Message,
} from '../bus.ts';
import type { BusLog } from '../claim.ts';
import { startConsumer } from '../consumer.ts';
import { createLaneWatch } from '../lane-watch.ts';
import { checkMessage } from '../message.ts';
import { createConfirmedPublisher } from './confirmed-publisher.ts';
import { connect, disconnect, unavailable } from './connect.ts';
import { listDead, replayDead } from './dead-letters.ts';
import { countDepth } from './depth.ts';
import { toBody, toEnvelope } from './envelope.ts';
import { createRabbitSource, type RabbitSource } from './lane-source.ts';
import { declare, type Topology, topologyOf } from './topology.ts';

export interface RabbitBusOptions {
  /** `amqp://user:password@host:5672/vhost`, or `amqps://`. */
  url: string;
  clock: Clock;
  log: BusLog;
  retry?: RetryPolicy;
  /** Begins the name of every queue and exchange; default `recibot`. */
  prefix?: string;
  /** How long the first connection may take, in ms; default 30 000. */
  connectTimeoutMs?: number;
  /** How long `publish` waits for the broker's confirmation, reconnecting included, in ms; default 10 000. */
  publishTimeoutMs?: number;
  /** How often an idle consumer looks for what the bell did not ring for, in ms; default 10 growing to 2000. */
  poll?: { minMs: number; maxMs: number };
}

/** The bus of several machines: RabbitMQ 3.10 or newer. Throws Failure `bus-unavailable` when there is no connection in time. */
export async function createRabbitBus(options: RabbitBusOptions): Promise<Bus> {
  const { url, clock, log, retry = defaultRetryPolicy, prefix = 'recibot' } = options;
  const { connectTimeoutMs = 30_000, publishTimeoutMs = 10_000, poll = { minMs: 10, maxMs: 2_000 } } = options;
  // Two connections: a broker short of memory stops reading from those that publish, and acknowledgements must still get through.
  const publishing = await connect({ url, connectionName: 'recibot publisher', timeoutMs: connectTimeoutMs, log });
  const consuming = await connect({ url, connectionName: 'recibot consumer', timeoutMs: connectTimeoutMs, log });
  const publisher = createConfirmedPublisher(publishing, clock, publishTimeoutMs);
  const topologies = new Map<string, Promise<Topology>>();
  const consumers = new Map<Consumer, { queue: string; source: RabbitSource }>();
  publishing.on('connection', () => topologies.clear());

  /** Declared once a connection: a broker may come back without its data. */
  async function declared(queue: string): Promise<Topology> {
    const topology = topologyOf(prefix, queue, retry);
    const declaring = topologies.get(queue) ?? declare(publishing, topology).then(() => topology);
    topologies.set(queue, declaring);
    return declaring.catch((cause) => {
      topologies.delete(queue);
      return unavailable(cause);
    });
  }

  async function publish(message: Message): Promise<void> {
    const checked = checkMessage(message);
    const { exchange, routingKey } = await declared(checked.queue);
    const envelope = { ...toEnvelope(checked), exchange, routingKey: routingKey(checked.priority) };
    try {
      await publisher.send(envelope, toBody(checked));
    } catch (error) {
      // Its queues may be gone: the next message has them declared again.
      topologies.delete(checked.queue);
      throw error;
    }
  }

  async function consume(queue: string, handler: Handler, limits: ConsumeOptions = {}): Promise<Consumer> {
    const topology = await declared(queue);
    const watch = createLaneWatch(clock, 2 * poll.maxMs);
    const source = createRabbitSource({ connection: consuming, publisher, topology, watch, now: clock.now, log });
    const consumer = startConsumer({ queue, source, watch, handler, options: limits, retry, log, poll });
    const handle = { stop };
    consumers.set(handle, { queue, source });

    async function stop(): Promise<void> {
      await consumer.stop();
      await source.close();
      consumers.delete(handle);
    }
    return handle;
  }

  async function depth(queue: string): Promise<QueueDepth> {
    const ours = [...consumers.values()].filter((consumer) => consumer.queue === queue);
    const inFlight = ours.reduce((sum, { source }) => sum + source.inHand(), 0);
    return { ...(await countDepth(publishing, await declared(queue))), inFlight };
  }

  async function close(): Promise<void> {
    await Promise.all([...consumers.keys()].map((consumer) => consumer.stop()));
    await publisher.close();
    await Promise.all([disconnect(publishing, clock), disconnect(consuming, clock)]);
  }

  return {
    publish,
    consume,
    depth,
    deadLetters: async (queue, limit) => listDead(publishing, await declared(queue), limit),
    replay: async (queue, id) => replayDead(publishing, publisher, await declared(queue), id),
    close,
  };
}
