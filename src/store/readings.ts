import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import mongoose, { type Connection } from 'mongoose';
import { Reading } from '../domain/reading.ts';
import { withDatabaseRetry } from './database-retry.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);
/** A reading of twenty dense pages is about 10 MB of JSON; more is not ours. */
const maxJsonBytes = 64 * 1024 * 1024;

interface ReadingDocument {
  _id: string;
  /** gzip of the reading as JSON: a page of words with corners is ten times smaller so, and stays far below 16 MB. */
  json: Buffer;
}

/** What was read on each ticket's document; kept apart from the ticket, which stays small. */
export interface Readings {
  save(ticketId: string, reading: Reading): Promise<void>;
  get(ticketId: string): Promise<Reading | null>;
}

export function createReadings(connection: Connection): Readings {
  const schema = new mongoose.Schema<ReadingDocument>(
    { _id: { type: String, required: true }, json: { type: Buffer, required: true } },
    { collection: 'readings', versionKey: false, autoIndex: false },
  );
  const model = connection.model<ReadingDocument>('Reading', schema);
  return {
    save: async (ticketId, reading) => {
      const json = await pack(JSON.stringify(reading));
      await withDatabaseRetry(() => model.updateOne({ _id: ticketId }, { $set: { json } }, { upsert: true }));
    },
    get: async (ticketId) => {
      const found = await withDatabaseRetry(() => model.findById(ticketId).exec());
      if (!found) return null;
      const json = await unpack(found.json, { maxOutputLength: maxJsonBytes });
      return Reading.parse(JSON.parse(json.toString('utf8')));
    },
  };
}
