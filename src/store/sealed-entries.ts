import mongoose, { type Connection, type Model } from 'mongoose';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

/** As `Secrets` of src/secrets: what is sealed under one context does not open under another. */
export interface Sealer {
  seal(plain: string | Uint8Array, context: string): Buffer;
  open(sealed: Uint8Array, context: string): Buffer;
}

/**
 * Named secrets of an owner, encrypted, one document each, so that none is ever half written. All of these wait up to 30 s while the
 * database is away, then throw Failure `database-unavailable`; what cannot be opened throws `secret-unreadable`.
 */
export interface SealedEntries {
  get(owner: string, names: readonly string[]): Promise<Map<string, Buffer>>;
  /** Null takes an entry away. What is written is written before anything is taken away. */
  set(owner: string, entries: ReadonlyMap<string, string | null>): Promise<void>;
  /** Only if there is none of that name. */
  setFirst(owner: string, name: string, plain: string): Promise<void>;
  count(owner: string): Promise<number>;
  /** Puts the owner's entries aside under another owner; they are kept, and the owner has none. */
  moveAway(owner: string, to: string): Promise<void>;
  clear(owner: string): Promise<void>;
}

interface EntryDocument {
  _id: string;
  owner: string;
  name: string;
  /** What it was sealed under; stays when the entry is put aside. */
  context: string;
  sealed: Uint8Array | mongoose.mongo.Binary;
}

export async function createSealedEntries(connection: Connection, sealer: Sealer): Promise<SealedEntries> {
  const model = entryModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);
  const write = (writes: Parameters<typeof model.bulkWrite>[0]) => withDatabaseRetry(() => model.bulkWrite(writes));

  function sealedFor(owner: string, name: string, plain: string): Omit<EntryDocument, '_id'> {
    const context = idOf(owner, name);
    return { owner, name, context, sealed: sealer.seal(plain, context) };
  }

  return {
    get: async (owner, names) => {
      const filter = { _id: { $in: names.map((name) => idOf(owner, name)) } };
      const found = await withDatabaseRetry<EntryDocument[]>(() => model.find(filter).lean<EntryDocument[]>());
      return new Map(found.map(({ name, context, sealed }) => [name, sealer.open(toBytes(sealed), context)]));
    },
    set: async (owner, entries) => {
      const kept = [...entries].flatMap(([name, plain]) => (plain === null ? [] : [{ name, plain }]));
      const gone = [...entries].flatMap(([name, plain]) => (plain === null ? [idOf(owner, name)] : []));
      const writes = kept.map(({ name, plain }) => {
        const update = { $set: sealedFor(owner, name, plain) };
        return { updateOne: { filter: { _id: idOf(owner, name) }, update, upsert: true } };
      });
      if (writes.length > 0) await write(writes);
      if (gone.length > 0) await withDatabaseRetry(() => model.deleteMany({ _id: { $in: gone } }));
    },
    setFirst: async (owner, name, plain) => {
      const fresh = { $setOnInsert: sealedFor(owner, name, plain) };
      await withDatabaseRetry(() => model.updateOne({ _id: idOf(owner, name) }, fresh, { upsert: true }));
    },
    count: (owner) => withDatabaseRetry(() => model.countDocuments({ owner })),
    moveAway: (owner, to) => moveAway(model, owner, to),
    clear: async (owner) => {
      await withDatabaseRetry(() => model.deleteMany({ owner }));
    },
  };
}

/** Copies first: a death in between leaves both, and the next call finishes. */
async function moveAway(model: Model<EntryDocument>, owner: string, to: string): Promise<void> {
  const found = await withDatabaseRetry<EntryDocument[]>(() => model.find({ owner }).lean<EntryDocument[]>());
  if (found.length === 0) return;
  const writes = found.map(({ _id, ...entry }) => {
    const update = { $set: { ...entry, owner: to } };
    return { updateOne: { filter: { _id: idOf(to, entry.name) }, update, upsert: true } };
  });
  await withDatabaseRetry(() => model.bulkWrite(writes));
  await withDatabaseRetry(() => model.deleteMany({ owner }));
}

function idOf(owner: string, name: string): string {
  return `${owner}|${name}`;
}

/** The driver gives bytes in a wrapping of its own. */
function toBytes(sealed: EntryDocument['sealed']): Uint8Array {
  return sealed instanceof Uint8Array ? sealed : sealed.buffer;
}

function entryModel(connection: Connection): Model<EntryDocument> {
  const text = { type: String, required: true };
  const schema = new mongoose.Schema<EntryDocument>(
    {
      ...{ _id: text, owner: text, name: text, context: text },
      sealed: { type: mongoose.Schema.Types.Buffer, required: true },
    } as mongoose.SchemaDefinition<EntryDocument>, // mongoose cannot tell that bytes come in two wrappings
    { collection: 'sealed_entries', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ owner: 1 });
  return connection.model<EntryDocument>('SealedEntry', schema);
}
