import type { Channel } from 'rabbitmq-client';
import { priorities } from '../bus.ts';
import type { LaneWatch } from '../lane-watch.ts';
import type { Topology } from './topology.ts';

/**
 * Rings when a message is routed to one of the lanes: fresh, replayed, or back from a delay. The broker copies it into a queue of one
 * place that belongs to this channel; a copy that is lost or dropped costs nothing but the time to the next poll.
 */
export async function openBell(channel: Channel, topology: Topology, watch: LaneWatch): Promise<void> {
  const { queue } = await channel.queueDeclare({
    exclusive: true,
    autoDelete: true,
    arguments: { 'x-max-length': 1, 'x-overflow': 'drop-head' },
  });
  for (const priority of priorities) {
    await channel.queueBind({ exchange: topology.exchange, queue, routingKey: topology.routingKey(priority) });
  }
  await channel.basicConsume({ queue, noAck: true, exclusive: true }, ({ routingKey }) => {
    watch.ring(priorities.find((priority) => topology.routingKey(priority) === routingKey));
  });
  watch.ring();
}
