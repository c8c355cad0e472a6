import { randomUUID } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import type { Language } from '../domain/language.ts';
import { Identity, Person, PersonRole, type QuietHours } from '../domain/person.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';
import { isDuplicateKey } from './duplicate-key.ts';

export interface Newcomer {
  companyId: string;
  roles: PersonRole[];
  name: string;
  identity: Identity;
  isGuest?: boolean;
}

/** The people of all companies. All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface People {
  ofIdentity(identity: Identity): Promise<Person | null>;
  get(id: string): Promise<Person | null>;
  /** Of one company, or of all, in the order in which they came. */
  list(companyId?: string): Promise<Person[]>;
  /** Makes a person; whoever has this identity already is given back as they are. */
  join(newcomer: Newcomer): Promise<Person>;
  /** One more way to reach the person; null when it is somebody else's, or the person is gone. */
  addIdentity(companyId: string, personId: string, identity: Identity): Promise<Person | null>;
  /** Takes the identity from whoever has it; a person without any is no more. */
  release(identity: Identity): Promise<void>;
  addRoles(companyId: string, personId: string, roles: PersonRole[]): Promise<void>;
  setRoles(companyId: string, personId: string, roles: PersonRole[]): Promise<void>;
  setLanguage(companyId: string, personId: string, language: Language): Promise<void>;
  /** `off` for none, null for the company's. */
  setQuietHours(companyId: string, personId: string, hours: QuietHours | 'off' | null): Promise<void>;
  /** Those who look after the service, of whatever company. */
  operators(): Promise<Person[]>;
  remove(companyId: string, personId: string): Promise<void>;
}

interface PersonDocument extends Omit<Person, 'id' | 'identities'> {
  _id: string;
  /** `key` is the three parts in one text, so that a unique index can refuse a second owner. */
  identities: (Identity & { key: string })[];
}

const maxNameLength = 100;
const maxOperators = 50;

export async function createPeople(connection: Connection, clock: Clock): Promise<People> {
  const model = personModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);

  async function ofIdentity(identity: Identity): Promise<Person | null> {
    const find = () => model.findOne({ 'identities.key': identityKey(identity) }).lean<PersonDocument>();
    const document = await withDatabaseRetry(find);
    return document && toPerson(document);
  }

  async function join({ identity, name, isGuest = false, ...rest }: Newcomer): Promise<Person> {
    const identities = [{ ...Identity.parse(identity), key: identityKey(identity) }];
    const about = { name: name.slice(0, maxNameLength), language: null, quietHours: null, createdAt: clock.now() };
    try {
      const document: PersonDocument = { _id: randomUUID(), ...rest, ...about, isGuest, identities };
      await withDatabaseRetry(() => model.create(document));
      return toPerson(document);
    } catch (error) {
      const before = isDuplicateKey(error) ? await ofIdentity(identity) : null;
      if (before) return before;
      throw error;
    }
  }

  async function addIdentity(companyId: string, personId: string, identity: Identity): Promise<Person | null> {
    const entry = { ...Identity.parse(identity), key: identityKey(identity) };
    const lacking = { _id: personId, companyId, 'identities.key': { $ne: entry.key } };
    try {
      await withDatabaseRetry(() => model.updateOne(lacking, { $push: { identities: entry } }));
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const owner = await ofIdentity(identity);
    return owner?.id === personId ? owner : null;
  }

  return {
    ofIdentity,
    get: async (id) => {
      const found = await withDatabaseRetry(() => model.findById(id).lean<PersonDocument>());
      return found && toPerson(found);
    },
    list: async (companyId) => {
      const filter = companyId === undefined ? {} : { companyId };
      const find = () => model.find(filter).sort({ createdAt: 1, _id: 1 }).lean<PersonDocument[]>();
      return (await withDatabaseRetry<PersonDocument[]>(find)).map(toPerson);
    },
    join,
    addIdentity,
    release: async (identity) => {
      const key = identityKey(identity);
      const without = { $pull: { identities: { key } } };
      await withDatabaseRetry(() => model.deleteOne({ 'identities.key': key, identities: { $size: 1 } }));
      await withDatabaseRetry(() => model.updateOne({ 'identities.key': key }, without));
    },
    addRoles: async (companyId, personId, roles) => {
      const change = { $addToSet: { roles: { $each: roles } } };
      await withDatabaseRetry(() => model.updateOne({ _id: personId, companyId }, change));
    },
    setRoles: async (companyId, personId, roles) => {
      await withDatabaseRetry(() => model.updateOne({ _id: personId, companyId }, { $set: { roles } }));
    },
    setLanguage: async (companyId, personId, language) => {
      await withDatabaseRetry(() => model.updateOne({ _id: personId, companyId }, { $set: { language } }));
    },
    setQuietHours: async (companyId, personId, quietHours) => {
      await withDatabaseRetry(() => model.updateOne({ _id: personId, companyId }, { $set: { quietHours } }));
    },
    operators: async () => {
      const find = () => model.find({ roles: 'operator' }).limit(maxOperators).lean<PersonDocument[]>();
      return (await withDatabaseRetry<PersonDocument[]>(find)).map(toPerson);
    },
    remove: async (companyId, personId) => {
      await withDatabaseRetry(() => model.deleteOne({ _id: personId, companyId }));
    },
  };
}

export function identityKey({ channel, account, sender }: Identity): string {
  return JSON.stringify([channel, account, sender]);
}

function toPerson({ _id, ...rest }: PersonDocument): Person {
  return Person.parse({ id: _id, ...rest });
}

function personModel(connection: Connection) {
  const { Mixed } = mongoose.Schema.Types;
  const schema = new mongoose.Schema<PersonDocument>(
    {
      _id: { type: String, required: true },
      companyId: { type: String, required: true },
      roles: { type: [String], enum: PersonRole.options, required: true },
      name: { type: String, default: '' },
      language: { type: String, default: null },
      quietHours: { type: Mixed, default: null },
      identities: { type: Mixed, required: true },
      isGuest: { type: Boolean, default: false },
      createdAt: { type: Date, required: true },
    },
    { collection: 'people', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ 'identities.key': 1 }, { unique: true, sparse: true });
  schema.index({ companyId: 1 });
  return connection.model<PersonDocument>('Person', schema);
}
