import mongoose, { type Connection } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import { Company } from '../domain/company.ts';
import { withDatabaseRetry } from './database-retry.ts';

/** All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface Companies {
  /** False when the id is taken. */
  add(id: string, name: string): Promise<boolean>;
  get(id: string): Promise<Company | null>;
  /** In the order in which they were added. */
  list(): Promise<Company[]>;
}

interface CompanyDocument extends Omit<Company, 'id'> {
  _id: string;
}

export function createCompanies(connection: Connection, clock: Clock): Companies {
  const model = companyModel(connection);
  const parsed = ({ _id, ...rest }: CompanyDocument) => Company.parse({ id: _id, ...rest });
  return {
    add: async (_id, name) => {
      const fresh = { name, createdAt: clock.now() };
      const add = () => model.updateOne({ _id }, { $setOnInsert: fresh }, { upsert: true });
      return (await withDatabaseRetry(add)).upsertedCount === 1;
    },
    get: async (id) => {
      const found = await withDatabaseRetry(() => model.findById(id).lean<CompanyDocument>());
      return found && parsed(found);
    },
    list: async () => {
      const find = () => model.find().sort({ createdAt: 1, _id: 1 }).lean<CompanyDocument[]>();
      return (await withDatabaseRetry<CompanyDocument[]>(find)).map(parsed);
    },
  };
}

function companyModel(connection: Connection) {
  const text = { type: String, required: true };
  const schema = new mongoose.Schema<CompanyDocument>(
    { _id: text, name: text, createdAt: { type: Date, required: true } },
    { collection: 'companies', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  return connection.model<CompanyDocument>('Company', schema);
}
