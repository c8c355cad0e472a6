import mongoose, { type Connection } from 'mongoose';
import { withDatabaseRetry } from './database-retry.ts';

/** What an operator wants of a channel. */
export interface ChannelOrder {
  /** Holds over restarts. */
  isStopped: boolean;
  /** It is to be unlinked once. */
  isToUnlink: boolean;
}

/** Orders to the processes that have a channel, by way of the database. */
export interface ChannelOrders {
  /** By the channel's name; one without an order is missing. */
  list(): Promise<ReadonlyMap<string, ChannelOrder>>;
  stop(name: string): Promise<void>;
  start(name: string): Promise<void>;
  askToUnlink(name: string): Promise<void>;
  /** Whether the channel is to be unlinked now; true for one process only, once per order. */
  takeUnlink(name: string): Promise<boolean>;
}

type OrderDocument = Partial<ChannelOrder> & { _id: string };

export function createChannelOrders(connection: Connection): ChannelOrders {
  const model = orderModel(connection);

  async function set(_id: string, change: Partial<OrderDocument>): Promise<void> {
    await withDatabaseRetry(() => model.updateOne({ _id }, { $set: change }, { upsert: true }));
  }

  return {
    list: async () => {
      const found = await withDatabaseRetry(() => model.find().lean<OrderDocument[]>());
      return new Map(
        found.map(({ _id, isStopped = false, isToUnlink = false }) => [_id, { isStopped, isToUnlink }] as const),
      );
    },
    stop: (name) => set(name, { isStopped: true }),
    start: (name) => set(name, { isStopped: false }),
    askToUnlink: (name) => set(name, { isToUnlink: true }),
    takeUnlink: async (_id) => {
      const taken = () => model.updateOne({ _id, isToUnlink: true }, { $set: { isToUnlink: false } });
      return (await withDatabaseRetry(taken)).modifiedCount === 1;
    },
  };
}

function orderModel(connection: Connection) {
  const schema = new mongoose.Schema<OrderDocument>(
    { _id: { type: String, required: true }, isStopped: { type: Boolean }, isToUnlink: { type: Boolean } },
    { collection: 'channel_orders', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  return connection.model<OrderDocument>('ChannelOrder', schema);
}
