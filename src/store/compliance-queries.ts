import type { Model } from 'mongoose';
import { type AuthorityName, ComplianceStatus } from '../domain/compliance.ts';
import { type ComplianceDocument, toRecord } from './compliance-model.ts';
import type { ComplianceRecord } from './compliance-records.ts';
import { withDatabaseRetry } from './database-retry.ts';

/** How many records of an authority stand where. */
export interface ComplianceCount {
  authority: AuthorityName;
  status: ComplianceStatus;
  count: number;
}

/** What is read of the compliance records; each waits like the repository's writes. */
export function complianceQueries(model: Model<ComplianceDocument>) {
  async function list(filter: Record<string, unknown>, limit: number): Promise<ComplianceRecord[]> {
    const find = () => model.find(filter).sort({ _id: 1 }).limit(limit).lean<ComplianceDocument[]>();
    return (await withDatabaseRetry(find)).map(toRecord);
  }

  return {
    get: async (companyId: string, id: string): Promise<ComplianceRecord | null> => {
      const document = await withDatabaseRetry(() => model.findOne({ _id: id, companyId }).lean<ComplianceDocument>());
      return document && toRecord(document);
    },
    ofTicket: async (companyId: string, ticketId: string): Promise<ComplianceRecord | null> => {
      return (await list({ companyId, ticketId }, 1))[0] ?? null;
    },
    /** The ids after `after`, in order, for whoever goes through all of them. */
    after: (after: string, limit: number): Promise<ComplianceRecord[]> => list({ _id: { $gt: after } }, limit),
    /** Settled ones whose chat has not been told. */
    untold: (limit: number): Promise<ComplianceRecord[]> =>
      list({ isUntold: true, status: { $in: ['VALIDATED', 'FAILED'] } }, limit),
    /** Those that wait for an authority and have no copy yet. */
    withoutBackup: (limit: number): Promise<ComplianceRecord[]> =>
      list({ status: { $in: ['RETRY', 'FALLBACK'] }, backup: null }, limit),
    /** Settled for good before `before`, with a copy or a long history left to tidy. */
    settledBefore: (before: Date, limit: number): Promise<ComplianceRecord[]> =>
      list({ nextAt: null, updatedAt: { $lt: before }, backup: { $ne: null } }, limit),
    dueCount: (authority: AuthorityName, now: Date): Promise<number> =>
      withDatabaseRetry(() => model.countDocuments({ authority, nextAt: { $lte: now } })),
    counts: async (filter: { companyId?: string; since?: Date } = {}): Promise<ComplianceCount[]> => {
      const match = {
        ...(filter.companyId === undefined ? {} : { companyId: filter.companyId }),
        ...(filter.since === undefined ? {} : { updatedAt: { $gte: filter.since } }),
      };
      const group = { _id: { authority: '$authority', status: '$status' }, count: { $sum: 1 } };
      const rows = await withDatabaseRetry(() =>
        model.aggregate<{ _id: { authority: AuthorityName; status: string }; count: number }>([
          { $match: match },
          { $group: group },
          { $sort: { _id: 1 } },
        ]),
      );
      return rows.map(({ _id, count }) => ({
        authority: _id.authority,
        status: ComplianceStatus.parse(_id.status),
        count,
      }));
    },
  };
}
