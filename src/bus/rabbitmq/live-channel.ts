import type { Channel, Connection } from 'rabbitmq-client';
import type { BusLog } from '../claim.ts';
import type { LaneWatch } from '../lane-watch.ts';
import { openBell } from './bell.ts';
import { declare, type Topology } from './topology.ts';

export interface LiveChannel {
  /** The channel at this moment: opened, with its bell, at the first use and anew after the connection was lost. */
  get(): Promise<Channel>;
  close(): Promise<void>;
}

export interface LiveChannelParts {
  connection: Connection;
  topology: Topology;
  watch: LaneWatch;
  log: BusLog;
  /** Called when a channel has ended, whatever the cause: what was delivered on it goes back to its queue. */
  onClosed: () => void;
}

export function createLiveChannel({ connection, topology, watch, log, onClosed }: LiveChannelParts): LiveChannel {
  let opening: Promise<Channel> | undefined;

  async function open(): Promise<Channel> {
    await declare(connection, topology);
    const channel = await connection.acquire({ emitErrorsFromChannel: true });
    channel.on('error', (error) => log.warn({ queue: topology.queue, err: error }, 'RabbitMQ channel failed'));
    channel.once('close', () => {
      opening = undefined;
      onClosed();
    });
    await openBell(channel, topology, watch);
    return channel;
  }

  function get(): Promise<Channel> {
    if (opening) return opening;
    const current = open();
    opening = current;
    current.catch(() => {
      if (opening === current) opening = undefined;
    });
    return current;
  }

  return {
    get,
    close: async () => {
      const channel = await opening?.catch(() => undefined);
      await channel?.close();
    },
  };
}
