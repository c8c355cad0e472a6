import mongoose, { type Connection } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import { withDatabaseRetry } from './database-retry.ts';

/** What is remembered of outside books, each kind for its own time. */
export type CacheKind = 'contacts' | 'items' | 'accounts';

export interface CacheEntry {
  value: unknown;
  /** Numbers in the outside books that the value came from: a change of one of them makes it stale. */
  refs: string[];
}

export interface CacheSize {
  kind: CacheKind;
  entries: number;
  bytes: number;
  /** Mean time to live that entries were given, in ms. */
  meanTtlMs: number;
}

/** Shared by all processes, so that none asks what another knows, and gone when its time is up. */
export interface AccountingCache {
  get(companyId: string, kind: CacheKind, key: string): Promise<CacheEntry | null>;
  set(companyId: string, kind: CacheKind, key: string, entry: CacheEntry, ttlMs: number): Promise<void>;
  /** How many went. */
  dropRef(companyId: string, kind: CacheKind, ref: string): Promise<number>;
  /** Those whose key matches the regular expression. */
  dropPattern(companyId: string, kind: CacheKind, pattern: string): Promise<number>;
  sizes(): Promise<CacheSize[]>;
  forgetBefore(at: Date): Promise<void>;
}

interface CacheDocument {
  _id: string;
  companyId: string;
  kind: CacheKind;
  key: string;
  value: unknown;
  refs: string[];
  ttlMs: number;
  expiresAt: Date;
}

export async function createAccountingCache(connection: Connection, clock: Clock): Promise<AccountingCache> {
  const model = cacheModel(connection);
  await withDatabaseRetry(() => model.createIndexes());

  async function drop(filter: Record<string, unknown>): Promise<number> {
    return (await withDatabaseRetry(() => model.deleteMany(filter))).deletedCount;
  }

  return {
    get: async (companyId, kind, key) => {
      const _id = idOf(companyId, kind, key);
      const found = await withDatabaseRetry(() => model.findById(_id).lean<CacheDocument | null>());
      return found && found.expiresAt > clock.now() ? { value: found.value, refs: found.refs } : null;
    },
    set: async (companyId, kind, key, { value, refs }, ttlMs) => {
      const expiresAt = new Date(clock.now().getTime() + ttlMs);
      const change = { $set: { companyId, kind, key, value, refs, ttlMs, expiresAt } };
      await withDatabaseRetry(() => model.updateOne({ _id: idOf(companyId, kind, key) }, change, { upsert: true }));
    },
    dropRef: (companyId, kind, ref) => drop({ companyId, kind, refs: ref }),
    dropPattern: (companyId, kind, pattern) => drop({ companyId, kind, key: { $regex: pattern } }),
    sizes: async () => {
      const group = {
        _id: '$kind',
        entries: { $sum: 1 },
        bytes: { $sum: { $bsonSize: '$$ROOT' } },
        meanTtlMs: { $avg: '$ttlMs' },
      };
      const rows = await withDatabaseRetry(() =>
        model.aggregate<Omit<CacheSize, 'kind'> & { _id: CacheKind }>([
          { $match: { expiresAt: { $gt: clock.now() } } },
          { $group: group },
          { $sort: { _id: 1 } },
        ]),
      );
      return rows.map(({ _id, ...rest }) => ({ kind: _id, ...rest }));
    },
    forgetBefore: async (at) => {
      await drop({ expiresAt: { $lt: at } });
    },
  };
}

function idOf(companyId: string, kind: CacheKind, key: string): string {
  return JSON.stringify([companyId, kind, key]);
}

function cacheModel(connection: Connection) {
  const schema = new mongoose.Schema<CacheDocument>(
    {
      _id: { type: String, required: true },
      companyId: { type: String, required: true },
      kind: { type: String, required: true },
      key: { type: String, required: true },
      value: { type: mongoose.Schema.Types.Mixed },
      refs: { type: [String], default: [] },
      ttlMs: { type: Number, required: true },
      expiresAt: { type: Date, required: true },
    },
    { collection: 'accounting_cache', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ companyId: 1, kind: 1, refs: 1 });
  schema.index({ companyId: 1, kind: 1, key: 1 });
  schema.index({ expiresAt: 1 });
  return connection.model<CacheDocument>('AccountingCache', schema);
}
