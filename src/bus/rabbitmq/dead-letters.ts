import type { Channel, Connection, SyncMessage } from 'rabbitmq-client';
import type { DeadLetter } from '../bus.ts';
import type { ConfirmedPublisher } from './confirmed-publisher.ts';
import { foreign, parseReceived, toBody, toEnvelope } from './envelope.ts';
import { deadQueue, type Topology } from './topology.ts';

/** Oldest first. They are taken and put back, so two who look at the same moment may each see a part. */
export async function listDead(connection: Connection, topology: Topology, limit: number): Promise<DeadLetter[]> {
  const found: DeadLetter[] = [];
  await browse(connection, topology, limit, async (received) => {
    const { message, failures, reason, deadAt } = parseReceived(topology.queue, received);
    found.push({ ...(message ?? foreign(topology.queue, received)), attempt: failures, reason, deadAt });
  });
  return found;
}

/** Each is in its lane before it leaves the dead letters: a process that ends in between makes a second copy, and loses none. */
export async function replayDead(
  connection: Connection,
  publisher: ConfirmedPublisher,
  topology: Topology,
  id: string | undefined,
): Promise<number> {
  let count = 0;
  await browse(connection, topology, Number.POSITIVE_INFINITY, async (received, channel) => {
    const { message } = parseReceived(topology.queue, received);
    if (!message || (id !== undefined && message.id !== id)) return;
    const where = { exchange: topology.exchange, routingKey: topology.routingKey(message.priority) };
    await publisher.send({ ...toEnvelope(message), ...where }, toBody(message));
    channel.basicAck({ deliveryTag: received.deliveryTag });
    count += 1;
  });
  return count;
}

/** Visits what is there now, at most `limit`; what is not acknowledged goes back when the channel closes. */
async function browse(
  connection: Connection,
  topology: Topology,
  limit: number,
  visit: (received: SyncMessage, channel: Channel) => Promise<void>,
): Promise<void> {
  const channel = await connection.acquire();
  try {
    const { messageCount } = await channel.queueDeclare(deadQueue(topology));
    for (let seen = 0; seen < Math.min(messageCount, limit); seen += 1) {
      const received = await channel.basicGet({ queue: topology.dead });
      if (!received) return;
      await visit(received, channel);
    }
  } finally {
    await channel.close();
  }
}
