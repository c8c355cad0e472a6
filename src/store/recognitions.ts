import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import mongoose, { type Connection } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);
const maxJsonBytes = 64 * 1024 * 1024;

interface RecognitionDocument {
  _id: string;
  /** gzip of JSON. */
  json: Buffer;
  at: Date;
}

/** What paid recognisers answered, by a key of document, engine, version and profile; forgotten after a while. */
export interface Recognitions {
  get(key: string): Promise<unknown>;
  save(key: string, answer: unknown): Promise<void>;
  forgetBefore(at: Date): Promise<void>;
}

export async function createRecognitions(connection: Connection, clock: Clock): Promise<Recognitions> {
  const schema = new mongoose.Schema<RecognitionDocument>(
    {
      _id: { type: String, required: true },
      json: { type: Buffer, required: true },
      at: { type: Date, required: true },
    },
    { collection: 'recognitions', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ at: 1 });
  const model = connection.model<RecognitionDocument>('Recognition', schema);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);
  return {
    get: async (key) => {
      const found = await withDatabaseRetry(() => model.findById(key).exec());
      if (!found) return null;
      return JSON.parse((await unpack(found.json, { maxOutputLength: maxJsonBytes })).toString('utf8'));
    },
    save: async (key, answer) => {
      const change = { json: await pack(JSON.stringify(answer)), at: clock.now() };
      await withDatabaseRetry(() => model.updateOne({ _id: key }, { $set: change }, { upsert: true }));
    },
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => model.deleteMany({ at: { $lt: at } }));
    },
  };
}
