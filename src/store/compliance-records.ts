import type { Connection, Model } from 'mongoose';
import { z } from 'zod';
import { AuthorityName, ComplianceStatus, Question, Verdict } from '../domain/compliance.ts';
import { Language } from '../domain/language.ts';
import { type ComplianceDocument, complianceModel, toRecord } from './compliance-model.ts';
import { complianceQueries } from './compliance-queries.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

export const ComplianceEvent = z.object({
  at: z.date(),
  status: ComplianceStatus,
  /** `registered`, `answered`, `unavailable`, `authority-away`, `recheck`, `restored`, `no-certificate`. */
  event: z.string(),
  detail: z.string(),
});
export type ComplianceEvent = z.infer<typeof ComplianceEvent>;

/** The check of one invoice of one company with its authority, from its arrival on, with everything that happened. */
export const ComplianceRecord = z.object({
  /** `company:authority:uuid`, so that an invoice is checked once however often it comes. */
  id: z.string(),
  companyId: z.string(),
  authority: AuthorityName,
  question: Question,
  /** The ticket it came with, and where its sender is told. */
  ticketId: z.string(),
  chat: z.object({ channel: z.string(), account: z.string(), chat: z.string(), language: Language }),
  file: z.object({ sha256: z.string(), name: z.string(), mime: z.string() }),
  /** As people know the invoice: folio and issuer. */
  label: z.string(),
  status: ComplianceStatus,
  verdict: Verdict.nullable(),
  answer: z.string().nullable(),
  isEfosListed: z.boolean().nullable(),
  cancellable: z.string().nullable(),
  checkedAt: z.date().nullable(),
  /** When it is to be asked next; null when it is settled for good. While it is being asked: when another may take it. */
  nextAt: z.date().nullable(),
  /** Questions in a row that got no answer. */
  tries: z.int(),
  /** Answers in a row that it is not known, or not yet. */
  misses: z.int(),
  /** Checks made after it was validated. */
  rechecks: z.int(),
  /** True while the chat has not been told what the ticket's answer could not say. */
  isUntold: z.boolean(),
  /** Where its copy lies, once it was backed up. */
  backup: z.string().nullable(),
  history: z.array(ComplianceEvent),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type ComplianceRecord = z.infer<typeof ComplianceRecord>;

export type ComplianceChange = Partial<
  Pick<
    ComplianceRecord,
    | 'status'
    | 'verdict'
    | 'answer'
    | 'isEfosListed'
    | 'cancellable'
    | 'checkedAt'
    | 'nextAt'
    | 'tries'
    | 'misses'
    | 'rechecks'
    | 'isUntold'
    | 'backup'
  >
>;

/** All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface ComplianceRecords extends ReturnType<typeof complianceQueries> {
  /** Keeps a new record; the one that is there already wins. */
  register(record: ComplianceRecord): Promise<ComplianceRecord>;
  /** Writes what was learnt, with its line in the history, in one update. */
  note(id: string, change: ComplianceChange, event: ComplianceEvent): Promise<ComplianceRecord | null>;
  /** Takes a due record, so that nobody else asks before `until`; null when none is due. */
  claim(authority: AuthorityName, now: Date, until: Date): Promise<ComplianceRecord | null>;
  /** Takes this one if it is due. */
  claimOne(id: string, now: Date, until: Date): Promise<ComplianceRecord | null>;
  /** Puts off, at once, all that are due at an authority that is away; returns how many. */
  postponeDue(authority: AuthorityName, now: Date, nextAt: Date): Promise<number>;
  /** What a company still waits for at an authority becomes due at once. */
  hasten(companyId: string, authority: AuthorityName, now: Date): Promise<void>;
  markTold(ids: readonly string[]): Promise<void>;
  setBackup(id: string, backup: string | null): Promise<void>;
  /** Keeps the first and the last lines of histories settled for good before `before`; returns how many were longer. */
  shortenHistories(before: Date): Promise<number>;
}

/** Of a history that is shortened. */
const keptLines = 10;

export async function createComplianceRecords(connection: Connection): Promise<ComplianceRecords> {
  const model = complianceModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);

  async function take(filter: Record<string, unknown>, until: Date): Promise<ComplianceRecord | null> {
    const options = { sort: { nextAt: 1 }, returnDocument: 'after' } as const;
    const claim = () =>
      model.findOneAndUpdate(filter, { $set: { nextAt: until } }, options).lean<ComplianceDocument | null>();
    const found = await withDatabaseRetry(claim);
    return found && toRecord(found);
  }

  return {
    ...complianceQueries(model),
    register: async ({ id, ...rest }) => {
      const options = { upsert: true, returnDocument: 'after' } as const;
      const write = () =>
        model.findOneAndUpdate({ _id: id }, { $setOnInsert: rest }, options).lean<ComplianceDocument | null>();
      const kept = await withDatabaseRetry(write);
      return kept ? toRecord(kept) : { id, ...rest };
    },
    note: async (id, change, event) => {
      const update = { $set: { ...change, updatedAt: event.at }, $push: { history: event } };
      const options = { returnDocument: 'after' } as const;
      const write = () => model.findOneAndUpdate({ _id: id }, update, options).lean<ComplianceDocument | null>();
      const found = await withDatabaseRetry(write);
      return found && toRecord(found);
    },
    claim: (authority, now, until) => take({ authority, nextAt: { $lte: now } }, until),
    claimOne: (id, now, until) => take({ _id: id, nextAt: { $lte: now } }, until),
    postponeDue: (authority, now, nextAt) => postponeDue(model, authority, now, nextAt),
    hasten: async (companyId, authority, now) => {
      const waiting: Record<string, unknown> = { companyId, authority, status: 'PENDING', nextAt: { $gt: now } };
      await withDatabaseRetry(() => model.updateMany(waiting, { $set: { nextAt: now } }));
    },
    markTold: async (ids) => {
      await withDatabaseRetry(() => model.updateMany({ _id: { $in: [...ids] } }, { $set: { isUntold: false } }));
    },
    shortenHistories: async (before) => {
      const settled = { nextAt: null, updatedAt: { $lt: before }, [`history.${keptLines}`]: { $exists: true } };
      const first = { $slice: ['$history', 1] };
      const last = { $slice: ['$history', 1 - keptLines] };
      const change = [{ $set: { history: { $concatArrays: [first, last] } } }];
      const shorten = () => model.updateMany(settled, change, { updatePipeline: true });
      return (await withDatabaseRetry(shorten)).modifiedCount;
    },
    setBackup: async (id, backup) => {
      await withDatabaseRetry(() => model.updateOne({ _id: id }, { $set: { backup } }));
    },
  };
}

/** What waits for its first answer becomes FALLBACK; a validated one that was only to be looked at again stays what it is. */
async function postponeDue(model: Model<ComplianceDocument>, authority: AuthorityName, now: Date, nextAt: Date) {
  const due = { authority, nextAt: { $lte: now } };
  const event = { at: now, status: 'FALLBACK', event: 'authority-away', detail: 'not asked: the breaker is open' };
  const fresh = () =>
    model.updateMany(
      { ...due, status: { $in: ['PENDING', 'RETRY'] } },
      { $set: { status: 'FALLBACK', nextAt, isUntold: true, updatedAt: now }, $push: { history: event } },
    );
  const others = () => model.updateMany(due, { $set: { nextAt, updatedAt: now } });
  const first = await withDatabaseRetry(fresh, { attemptTimeoutMs: 60_000 });
  const second = await withDatabaseRetry(others, { attemptTimeoutMs: 60_000 });
  return first.modifiedCount + second.modifiedCount;
}
