import type { Connection } from 'rabbitmq-client';
import { type Priority, priorities, type RetryPolicy, retryDelayMs } from '../bus.ts';

/** The names of one of our queues on the broker: four lanes, a delay queue per wait of the retry policy, one for dead letters. */
export interface Topology {
  queue: string;
  /** Direct exchange in front of all lanes of all queues; consumers also bind their bell to it. */
  exchange: string;
  lane(priority: Priority): string;
  routingKey(priority: Priority): string;
  /** Both the fanout exchange and the queue behind it that hold a message back for `delayMs`. */
  delay(delayMs: number): string;
  delaysMs: readonly number[];
  dead: string;
}

interface QueueDeclaration {
  queue: string;
  durable: true;
  arguments: Record<string, string | number>;
}

/**
 * RabbitMQ 4 drops a message after 20 deliveries unless a limit is set; 3.10 refuses -1 as "none". Attempts are counted by the consumer,
 * and looking at dead letters counts as a delivery, so the broker's own limit is put out of reach.
 */
const outOfReach = 1_000_000;

export function topologyOf(prefix: string, queue: string, retry: RetryPolicy): Topology {
  const waitsMs = Array.from({ length: retry.maxAttempts - 1 }, (_, index) => retryDelayMs(retry, index + 1));
  return {
    queue,
    exchange: `${prefix}.work`,
    lane: (priority) => `${prefix}.${queue}.${priority}`,
    routingKey: (priority) => `${queue}.${priority}`,
    delay: (delayMs) => `${prefix}.${queue}.delay.${delayMs}`,
    delaysMs: [...new Set(waitsMs)],
    dead: `${prefix}.${queue}.dead`,
  };
}

export function laneQueue(topology: Topology, priority: Priority): QueueDeclaration {
  return quorum(topology.lane(priority), {});
}

export function deadQueue(topology: Topology): QueueDeclaration {
  return quorum(topology.dead, {});
}

/**
 * Messages leave it after `delayMs` for the exchange of all lanes, under the routing key they came with. "At least once": the broker
 * forgets the delayed message only when its lane has confirmed it, so that a broker killed in between loses nothing.
 */
export function delayQueue(topology: Topology, delayMs: number): QueueDeclaration {
  return quorum(topology.delay(delayMs), {
    'x-message-ttl': delayMs,
    'x-dead-letter-exchange': topology.exchange,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  });
}

/** Creates what is missing; without effect on what is there. */
export async function declare(connection: Connection, topology: Topology): Promise<void> {
  const { exchange } = topology;
  await connection.exchangeDeclare({ exchange, type: 'direct', durable: true });
  for (const priority of priorities) {
    const { queue } = await connection.queueDeclare(laneQueue(topology, priority));
    await connection.queueBind({ exchange, queue, routingKey: topology.routingKey(priority) });
  }
  await connection.queueDeclare(deadQueue(topology));
  for (const delayMs of topology.delaysMs) {
    const name = topology.delay(delayMs);
    await connection.exchangeDeclare({ exchange: name, type: 'fanout', durable: true });
    await connection.queueDeclare(delayQueue(topology, delayMs));
    await connection.queueBind({ exchange: name, queue: name });
  }
}

function quorum(queue: string, options: Record<string, string | number>): QueueDeclaration {
  return { queue, durable: true, arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': outOfReach, ...options } };
}
