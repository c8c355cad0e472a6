import mongoose, { type Connection } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

interface PreviewDocument {
  /** SHA-256 of the file that it shows. */
  _id: string;
  jpeg: Buffer;
  at: Date;
}

/** Small pictures of documents that browsers cannot show; made again when they are forgotten. */
export interface Previews {
  get(sha256: string): Promise<Buffer | null>;
  save(sha256: string, jpeg: Buffer): Promise<void>;
  forgetBefore(at: Date): Promise<void>;
}

export async function createPreviews(connection: Connection, clock: Clock): Promise<Previews> {
  const schema = new mongoose.Schema<PreviewDocument>(
    {
      _id: { type: String, required: true },
      jpeg: { type: Buffer, required: true },
      at: { type: Date, required: true },
    },
    { collection: 'previews', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ at: 1 });
  const model = connection.model<PreviewDocument>('Preview', schema);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);
  return {
    get: async (sha256) => {
      const found = await withDatabaseRetry(() => model.findById(sha256).exec());
      return found?.jpeg ?? null;
    },
    save: async (sha256, jpeg) => {
      const change = { $set: { jpeg, at: clock.now() } };
      await withDatabaseRetry(() => model.updateOne({ _id: sha256 }, change, { upsert: true }));
    },
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => model.deleteMany({ at: { $lt: at } }));
    },
  };
}
