import mongoose, { type Connection } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import { FiscalProfile } from '../domain/fiscal-profile.ts';
import { withDatabaseRetry } from './database-retry.ts';

/** For whom invoices are made, one for each company. Both wait up to 30 s while the database is away. */
export interface FiscalProfiles {
  of(companyId: string): Promise<FiscalProfile | null>;
  save(companyId: string, profile: FiscalProfile, personId: string): Promise<void>;
}

interface FiscalProfileDocument {
  _id: string;
  profile: FiscalProfile;
  changedBy: string;
  changedAt: Date;
}

export function createFiscalProfiles(connection: Connection, clock: Clock): FiscalProfiles {
  const model = fiscalProfileModel(connection);
  return {
    of: async (companyId) => {
      const found = await withDatabaseRetry(() => model.findById(companyId).lean<FiscalProfileDocument>());
      return found && FiscalProfile.parse(found.profile);
    },
    save: async (companyId, profile, changedBy) => {
      const change = { $set: { profile, changedBy, changedAt: clock.now() } };
      await withDatabaseRetry(() => model.updateOne({ _id: companyId }, change, { upsert: true }));
    },
  };
}

function fiscalProfileModel(connection: Connection) {
  const schema = new mongoose.Schema<FiscalProfileDocument>(
    {
      _id: { type: String, required: true },
      profile: { type: mongoose.Schema.Types.Mixed, required: true },
      changedBy: { type: String, required: true },
      changedAt: { type: Date, required: true },
    },
    { collection: 'fiscal_profiles', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  return connection.model<FiscalProfileDocument>('FiscalProfile', schema);
}
