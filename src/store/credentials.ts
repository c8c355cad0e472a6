import mongoose, { type Connection } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { withDatabaseRetry } from './database-retry.ts';

/** What a company signs in with at outside services, sealed. All wait up to 30 s while the database is away. */
export interface Credentials {
  /** The text as it was given, null where none was. Throws Failure `secret-unreadable`. */
  get(companyId: string, name: string): Promise<string | null>;
  set(companyId: string, name: string, plain: string): Promise<void>;
  remove(companyId: string, name: string): Promise<void>;
  /** Companies that have one of this name. */
  companiesWith(name: string): Promise<string[]>;
}

interface CredentialDocument {
  _id: string;
  companyId: string;
  name: string;
  sealed: Buffer;
  changedAt: Date;
}

export function createCredentials(connection: Connection, secrets: Secrets, clock: Clock): Credentials {
  const model = credentialModel(connection);
  return {
    get: async (companyId, name) => {
      const found = await withDatabaseRetry(() => model.findById(idOf(companyId, name)));
      return found && secrets.open(found.sealed, idOf(companyId, name)).toString('utf8');
    },
    set: async (companyId, name, plain) => {
      const id = idOf(companyId, name);
      const change = { $set: { companyId, name, sealed: secrets.seal(plain, id), changedAt: clock.now() } };
      await withDatabaseRetry(() => model.updateOne({ _id: id }, change, { upsert: true }));
    },
    remove: async (companyId, name) => {
      await withDatabaseRetry(() => model.deleteOne({ _id: idOf(companyId, name) }));
    },
    companiesWith: (name) => withDatabaseRetry(() => model.distinct('companyId', { name })),
  };
}

function idOf(companyId: string, name: string): string {
  return `${name}:${companyId}`;
}

function credentialModel(connection: Connection) {
  const schema = new mongoose.Schema<CredentialDocument>(
    {
      _id: { type: String, required: true },
      companyId: { type: String, required: true },
      name: { type: String, required: true },
      sealed: { type: Buffer, required: true },
      changedAt: { type: Date, required: true },
    },
    { collection: 'credentials', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  return connection.model<CredentialDocument>('Credential', schema);
}
