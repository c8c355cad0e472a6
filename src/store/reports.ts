import mongoose, { type Connection } from 'mongoose';
import { withDatabaseRetry } from './database-retry.ts';

/** What a job found out about a day or a week; the same report again replaces the first. */
export interface Report {
  /** `compliance:2026-11-21`. */
  id: string;
  kind: string;
  at: Date;
  data: Record<string, unknown>;
}

export interface Reports {
  save(report: Report): Promise<void>;
  /** Newest first. */
  latest(kind: string, limit: number): Promise<Report[]>;
}

export function createReports(connection: Connection): Reports {
  const model = reportModel(connection);
  return {
    save: async ({ id, kind, at, data }) => {
      await withDatabaseRetry(() => model.updateOne({ _id: id }, { $set: { kind, at, data } }, { upsert: true }));
    },
    latest: async (kind, limit) => {
      const find = () =>
        model.find({ kind }).sort({ at: -1 }).limit(limit).lean<(Omit<Report, 'id'> & { _id: string })[]>();
      return (await withDatabaseRetry(find)).map(({ _id, ...rest }) => ({ id: _id, ...rest }));
    },
  };
}

function reportModel(connection: Connection) {
  const schema = new mongoose.Schema<Omit<Report, 'id'> & { _id: string }>(
    {
      _id: { type: String, required: true },
      kind: { type: String, required: true },
      at: { type: Date, required: true },
      data: { type: mongoose.Schema.Types.Mixed, required: true },
    },
    { collection: 'reports', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  return connection.model('Report', schema);
}
