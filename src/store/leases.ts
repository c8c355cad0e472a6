import mongoose, { type Connection } from 'mongoose';
import { withDatabaseRetry } from './database-retry.ts';
import { isDuplicateKey } from './duplicate-key.ts';

/** What only one process may do at a time. A holder that dies loses it when it runs out. */
export interface Leases {
  /** Takes or keeps the lease until `until`; false while another holder has it. */
  take(name: string, holder: string, now: Date, until: Date): Promise<boolean>;
  /** Lets go at once, so that the next holder need not wait. */
  release(name: string, holder: string): Promise<void>;
}

interface LeaseDocument {
  _id: string;
  holder: string;
  until: Date;
}

export function createLeases(connection: Connection): Leases {
  const model = leaseModel(connection);

  return {
    take: async (_id, holder, now, until) => {
      const free = { _id, $or: [{ holder }, { until: { $lt: now } }] };
      try {
        await withDatabaseRetry(() => model.updateOne(free, { $set: { holder, until } }, { upsert: true }));
        return true;
      } catch (error) {
        // The upsert found it in another's hand and tried to make a second one.
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    release: async (_id, holder) => {
      await withDatabaseRetry(() => model.deleteOne({ _id, holder }));
    },
  };
}

function leaseModel(connection: Connection) {
  const schema = new mongoose.Schema<LeaseDocument>(
    {
      _id: { type: String, required: true },
      holder: { type: String, required: true },
      until: { type: Date, required: true },
    },
    { collection: 'leases', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  return connection.model<LeaseDocument>('Lease', schema);
}
