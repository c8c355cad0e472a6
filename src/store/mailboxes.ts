import mongoose, { type Connection, type Model } from 'mongoose';
import { z } from 'zod';
import { Language } from '../domain/language.ts';
import { Identity } from '../domain/person.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

/** The chat in which a mailbox was linked; what concerns the mailbox is told there. */
const Place = z.object({ channel: z.string(), account: z.string(), chat: z.string() });

/** Somebody's mailbox, read for their company. Its address, in lower case, is its id: it belongs to one company at most. */
export const Mailbox = z.object({
  address: z.string().min(3).max(320),
  companyId: z.string(),
  /** Whoever linked it: what arrives is taken in while they are known. */
  owner: Identity,
  place: Place,
  language: Language,
  /** `suspended`: the owner has to link it again; nothing is read meanwhile, and the cursor stays. */
  status: z.enum(['active', 'suspended']),
  lastError: z.string().nullable(),
  /** Refresh and access token, encrypted. */
  tokens: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  /** Up to where the mailbox was read: a history id of Gmail, up to 21 digits, so never a number. Null: before the first time. */
  historyId: z
    .string()
    .regex(/^\d{1,40}$/)
    .nullable(),
  /** Google is not asked anything for this mailbox before. */
  suspendUntil: z.date().nullable(),
  /** How often in a row Google refused or could not be reached; each makes the next pause longer. */
  failures: z.int().nonnegative(),
  /** When Gmail stops telling of new mail. */
  watchUntil: z.date().nullable(),
  /** Ids of our labels in the mailbox, by name. */
  labels: z.record(z.string(), z.string()),
  linkedAt: z.date(),
  /** When it was last read to its end. */
  syncedAt: z.date().nullable(),
});
export type Mailbox = z.infer<typeof Mailbox>;

export type NewMailbox = Pick<
  Mailbox,
  'address' | 'companyId' | 'owner' | 'place' | 'language' | 'tokens' | 'historyId' | 'linkedAt'
>;
export type MailboxChange = Partial<
  Pick<Mailbox, 'status' | 'lastError' | 'suspendUntil' | 'failures' | 'watchUntil' | 'labels' | 'syncedAt'>
>;

/** All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface Mailboxes {
  /** Links a mailbox, or links it again: then it keeps its cursor and labels. Null when it belongs to another company. */
  link(mailbox: NewMailbox): Promise<Mailbox | null>;
  get(address: string): Promise<Mailbox | null>;
  list(): Promise<Mailbox[]>;
  /** The active one that is due longest, nobody else's until `until`; null when none is. */
  claim(now: Date, until: Date): Promise<Mailbox | null>;
  renew(address: string, until: Date): Promise<void>;
  /** Lets go of a claimed one, which is due again at `dueAt`, or at once when it was rung since `claimedAt`. */
  release(address: string, claimedAt: Date, dueAt: Date, change: MailboxChange): Promise<void>;
  /** Something is there to do. */
  ring(address: string, now: Date): Promise<void>;
  /** Moves the cursor if it is still where it was read from. */
  moveCursor(address: string, from: string | null, to: string): Promise<void>;
  keepTokens(address: string, tokens: Uint8Array): Promise<void>;
  change(address: string, change: MailboxChange): Promise<void>;
  remove(address: string): Promise<void>;
}

interface MailboxDocument extends Omit<Mailbox, 'address' | 'tokens'> {
  _id: string;
  tokens: Uint8Array | mongoose.mongo.Binary;
  dueAt: Date;
  rungAt: Date | null;
  claimedUntil: Date | null;
}

export async function createMailboxes(connection: Connection): Promise<Mailboxes> {
  const model = mailboxModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);
  return { ...linking(model), ...working(model) };
}

function linking(model: Model<MailboxDocument>) {
  async function get(address: string): Promise<Mailbox | null> {
    const found = await withDatabaseRetry<MailboxDocument | null>(() =>
      model.findById(address).lean<MailboxDocument>(),
    );
    return found && toMailbox(found);
  }

  return {
    get,
    link: async ({ address, historyId, companyId, tokens, ...rest }: NewMailbox) => {
      const kept = { historyId, companyId, labels: {}, watchUntil: null, syncedAt: null, rungAt: null };
      const fresh = { ...rest, status: 'active', lastError: null, suspendUntil: null, failures: 0 };
      const change = { $setOnInsert: kept, $set: { ...fresh, tokens: Buffer.from(tokens), ...due(rest.linkedAt) } };
      try {
        await withDatabaseRetry(() => model.updateOne({ _id: address, companyId }, change, { upsert: true }));
      } catch (error) {
        // The id is taken by the mailbox of another company.
        if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) return null;
        throw error;
      }
      return get(address);
    },
    list: async () => {
      const found = await withDatabaseRetry<MailboxDocument[]>(() =>
        model.find().sort({ _id: 1 }).lean<MailboxDocument[]>(),
      );
      return found.map(toMailbox);
    },
    remove: async (address: string) => {
      await withDatabaseRetry(() => model.deleteOne({ _id: address }));
    },
  };
}

function due(now: Date) {
  return { dueAt: now, claimedUntil: null };
}

function working(model: Model<MailboxDocument>) {
  async function set(filter: Record<string, unknown>, change: Record<string, unknown>): Promise<void> {
    await withDatabaseRetry(() => model.updateOne(filter, { $set: change }));
  }

  return {
    claim: async (now: Date, until: Date) => {
      const isFree = { $or: [{ claimedUntil: null }, { claimedUntil: { $lte: now } }] };
      const filter: Record<string, unknown> = { status: 'active', dueAt: { $lte: now }, ...isFree };
      const options = { sort: { dueAt: 1 }, returnDocument: 'after' } as const;
      const change = { $set: { claimedUntil: until } };
      const claim = () => model.findOneAndUpdate(filter, change, options).lean<MailboxDocument>();
      const found = await withDatabaseRetry<MailboxDocument | null>(claim);
      return found && toMailbox(found);
    },
    renew: (address: string, until: Date) => set({ _id: address }, { claimedUntil: until }),
    release: async (address: string, claimedAt: Date, dueAt: Date, change: MailboxChange) => {
      const { matchedCount } = await withDatabaseRetry(() =>
        model.updateOne(
          { _id: address, $or: [{ rungAt: null }, { rungAt: { $lt: claimedAt } }] },
          { $set: { ...change, claimedUntil: null, dueAt } },
        ),
      );
      // A limit of Google's holds whoever rings.
      const next = change.suspendUntil ?? claimedAt;
      if (matchedCount === 0) await set({ _id: address }, { ...change, claimedUntil: null, dueAt: next, rungAt: null });
    },
    ring: async (address: string, now: Date) => {
      await set({ _id: address }, { rungAt: now });
      const mayBeAsked = { $or: [{ suspendUntil: null }, { suspendUntil: { $lte: now } }] };
      await set({ _id: address, ...mayBeAsked }, { dueAt: now });
    },
    moveCursor: (address: string, from: string | null, to: string) =>
      set({ _id: address, historyId: from }, { historyId: to }),
    keepTokens: (address: string, tokens: Uint8Array) => set({ _id: address }, { tokens: Buffer.from(tokens) }),
    change: (address: string, change: MailboxChange) => set({ _id: address }, change),
  };
}

function toMailbox({ _id, tokens, ...rest }: MailboxDocument): Mailbox {
  return Mailbox.parse({ ...rest, address: _id, tokens: tokens instanceof Uint8Array ? tokens : tokens.buffer });
}

function mailboxModel(connection: Connection): Model<MailboxDocument> {
  const { Mixed } = mongoose.Schema.Types;
  const text = { type: String, required: true };
  const instant = { type: Date, required: true };
  const maybe = { type: Date, default: null };
  const schema = new mongoose.Schema<MailboxDocument>(
    {
      ...{ _id: text, companyId: text, language: text, status: text },
      ...{ owner: { type: Mixed, required: true }, place: { type: Mixed, required: true } },
      ...{ labels: { type: Mixed, default: {} } },
      lastError: { type: String, default: null },
      tokens: { type: Buffer, required: true },
      historyId: { type: String, default: null },
      failures: { type: Number, required: true },
      ...{ linkedAt: instant, dueAt: instant },
      ...{ suspendUntil: maybe, watchUntil: maybe, syncedAt: maybe, rungAt: maybe, claimedUntil: maybe },
    } as mongoose.SchemaDefinition<MailboxDocument>, // mongoose cannot tell that mixed parts are checked on the way out
    { collection: 'mailboxes', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ status: 1, dueAt: 1 });
  return connection.model<MailboxDocument>('Mailbox', schema);
}
