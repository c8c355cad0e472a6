import type { Connection } from 'rabbitmq-client';
import { priorities, type QueueDepth } from '../bus.ts';
import { deadQueue, delayQueue, laneQueue, type Topology } from './topology.ts';

/** What the broker says of a queue of ours; messages in the hands of consumers it does not tell. */
export async function countDepth(connection: Connection, topology: Topology): Promise<Omit<QueueDepth, 'inFlight'>> {
  async function count(declarations: ReturnType<typeof deadQueue>[]): Promise<number> {
    const declared = await Promise.all(declarations.map((declaration) => connection.queueDeclare(declaration)));
    return declared.reduce((sum, { messageCount }) => sum + messageCount, 0);
  }
  return {
    ready: await count(priorities.map((priority) => laneQueue(topology, priority))),
    delayed: await count(topology.delaysMs.map((delayMs) => delayQueue(topology, delayMs))),
    dead: await count([deadQueue(topology)]),
  };
}
