import mongoose, { type Connection } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import { withDatabaseRetry } from './database-retry.ts';

/** How often something may be done within any span of `perMs`. */
export interface Allowance {
  times: number;
  perMs: number;
}

/** Counts what a key did, over all processes, so that it is done only so often. */
export interface Allowances {
  /** Whether it may be done now; counts it when it may. */
  take(key: string, allowance: Allowance): Promise<boolean>;
  /** Forgets keys that did nothing since. */
  forgetBefore(at: Date): Promise<void>;
}

interface AllowanceDocument {
  _id: string;
  taken: Date[];
  at: Date;
}

export async function createAllowances(connection: Connection, clock: Clock): Promise<Allowances> {
  const model = allowanceModel(connection);
  await withDatabaseRetry(() => model.createIndexes());

  return {
    take: async (key, { times, perMs }) => {
      const now = clock.now();
      const since = new Date(now.getTime() - perMs);
      const recent = { $filter: { input: { $ifNull: ['$taken', []] }, cond: { $gt: ['$$this', since] } } };
      const more = { $cond: [{ $lt: [{ $size: recent }, times] }, { $concatArrays: [recent, [now]] }, recent] };
      const options = { upsert: true, updatePipeline: true, returnDocument: 'before' } as const;
      const update = () => model.findOneAndUpdate({ _id: key }, [{ $set: { taken: more, at: now } }], options).lean();
      const before = await withDatabaseRetry(update);
      return (before?.taken ?? []).filter((at) => at > since).length < times;
    },
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => model.deleteMany({ at: { $lt: at } }));
    },
  };
}

function allowanceModel(connection: Connection) {
  const schema = new mongoose.Schema<AllowanceDocument>(
    { _id: { type: String, required: true }, taken: { type: [Date] }, at: { type: Date } },
    { collection: 'allowances', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ at: 1 });
  return connection.model<AllowanceDocument>('Allowance', schema);
}
