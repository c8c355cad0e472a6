import { createHash } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

/** Vectors that an embedding service made, so that no text is paid for twice. */
export interface EmbeddingCache {
  /** In the order of the keys. */
  get(keys: readonly string[]): Promise<(Float32Array | null)[]>;
  put(entries: readonly { key: string; vector: Float32Array }[]): Promise<void>;
  forgetBefore(at: Date): Promise<void>;
}

interface EmbeddingDocument {
  _id: string;
  vector: Buffer;
  madeAt: Date;
}

/** Beyond what else is only kept for a while; a model behind a name is replaced some day. */
const keptLongerMs = 90 * 86_400_000;

/** Keys are kept as hashes: they hold texts of documents. */
export async function createEmbeddingCache(connection: Connection, clock: Clock): Promise<EmbeddingCache> {
  const schema = new mongoose.Schema<EmbeddingDocument>(
    {
      _id: { type: String, required: true },
      vector: { type: Buffer, required: true },
      madeAt: { type: Date, required: true },
    },
    { collection: 'embeddings', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ madeAt: 1 });
  const model = connection.model<EmbeddingDocument>('Embedding', schema);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);

  return {
    get: async (keys) => {
      const ids = keys.map(idOf);
      const found = await withDatabaseRetry(() => model.find({ _id: { $in: ids } }).exec());
      const byId = new Map(found.map(({ _id, vector }) => [_id, toVector(vector)]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    put: async (entries) => {
      if (entries.length === 0) return;
      const madeAt = clock.now();
      const writes = entries.map(({ key, vector }) => {
        const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
        const update = { $set: { vector: bytes, madeAt } };
        return { updateOne: { filter: { _id: idOf(key) }, update, upsert: true } };
      });
      await withDatabaseRetry(() => model.bulkWrite(writes));
    },
    forgetBefore: async (at) => {
      const before = new Date(at.getTime() - keptLongerMs);
      await withDatabaseRetry(() => model.deleteMany({ madeAt: { $lt: before } }));
    },
  };
}

function idOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function toVector(bytes: Buffer): Float32Array {
  const whole = new Uint8Array(bytes);
  return new Float32Array(whole.buffer, 0, Math.floor(whole.byteLength / 4));
}
