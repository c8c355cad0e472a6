import mongoose, { type Connection, type Model } from 'mongoose';
import { z } from 'zod';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

const Bytes = z.unknown().transform(toBytes);

/** A message of another chat member that ours answers or reacts to. */
export const Quoted = z.object({
  jid: z.string(),
  participant: z.string().nullable(),
  id: z.string(),
  /** What our message shows of it. */
  text: z.string(),
});
export type Quoted = z.infer<typeof Quoted>;

const Content = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('file'), text: z.string(), name: z.string(), mime: z.string(), bytes: Bytes }),
  z.object({ kind: z.literal('reaction'), text: z.string() }),
]);
export type Content = z.infer<typeof Content>;

/** A message of ours, from when it was decided until the messenger has acknowledged it. */
export const OutboxEntry = z.object({
  /** The same one again has no effect. */
  id: z.string(),
  channel: z.string(),
  account: z.string(),
  chat: z.string(),
  content: Content,
  quoted: Quoted.nullable(),
  ticketId: z.string().nullable(),
  /** The messenger's number of it, made by us beforehand: sent twice, it is shown once. */
  messageId: z.string(),
  attempts: z.int(),
  /** `acknowledged` or why it never will be; null while it waits. */
  outcome: z.string().nullable(),
  /** As it was sent, so that a recipient who could not decrypt it gets it again. */
  sent: Bytes.nullable(),
  createdAt: z.date(),
  /** Not sent any more after this: nobody waits for it. */
  expiresAt: z.date(),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;
export type NewOutboxEntry = Omit<OutboxEntry, 'attempts' | 'outcome' | 'sent'>;

export interface OutboxClaim {
  channel: string;
  account: string;
  now: Date;
  /** Nobody else takes it before. */
  until: Date;
  /** Chats that are being sent something: theirs waits, so that each chat hears in order. */
  exceptChats: readonly string[];
}

export interface MarksAsked {
  channel: string;
  account: string;
  mark: string;
  since: Date;
  limit: number;
}

/** All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface ChatOutbox {
  /** In order of calls; journaled when it resolves. */
  put(entry: NewOutboxEntry): Promise<void>;
  /** Like `put`; one of the same id that waits, or was sent with another text, becomes this one. */
  replace(entry: NewOutboxEntry): Promise<void>;
  get(id: string): Promise<OutboxEntry | null>;
  ofMessage(channel: string, account: string, messageId: string): Promise<OutboxEntry | null>;
  /** Reactions that show `mark` now. */
  marked(asked: MarksAsked): Promise<OutboxEntry[]>;
  /** The oldest that waits. */
  claim(claim: OutboxClaim): Promise<OutboxEntry | null>;
  noteSent(entry: OutboxEntry, sent: Uint8Array): Promise<void>;
  /** Done for good, unless it was replaced since. */
  finish(entry: OutboxEntry, outcome: string): Promise<void>;
  postpone(entry: OutboxEntry, until: Date): Promise<void>;
  /** What is done, and older. */
  forgetBefore(at: Date): Promise<void>;
}

type EntryDocument = Omit<OutboxEntry, 'id'> & { _id: string; order: number; availableAt: Date };

export async function createChatOutbox(connection: Connection): Promise<ChatOutbox> {
  const model = entryModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);
  return { ...writes(model), ...queries(model) };
}

function writes(model: Model<EntryDocument>) {
  let lastOrder = 0;

  /** Microseconds since 1970, each one later than the one before. */
  function nextOrder(at: Date): number {
    lastOrder = Math.max(at.getTime() * 1_000, lastOrder + 1);
    return lastOrder;
  }

  function fresh({ id: _, ...entry }: NewOutboxEntry) {
    return {
      ...entry,
      attempts: 0,
      outcome: null,
      sent: null,
      order: nextOrder(entry.createdAt),
      availableAt: entry.createdAt,
    };
  }

  async function set({ id, messageId }: OutboxEntry, change: Record<string, unknown>): Promise<void> {
    await withDatabaseRetry(() => model.updateOne({ _id: id, messageId }, { $set: change }));
  }

  return {
    put: async (entry: NewOutboxEntry) => {
      const change = { $setOnInsert: fresh(entry) };
      await withDatabaseRetry(() => model.updateOne({ _id: entry.id }, change, { upsert: true }));
    },
    replace: async (entry: NewOutboxEntry) => {
      const same = { _id: entry.id, 'content.text': entry.content.text };
      if (await withDatabaseRetry(() => model.exists(same))) return;
      await withDatabaseRetry(() => model.updateOne({ _id: entry.id }, { $set: fresh(entry) }, { upsert: true }));
    },
    noteSent: (entry: OutboxEntry, sent: Uint8Array) => set(entry, { sent }),
    finish: (entry: OutboxEntry, outcome: string) => set(entry, { outcome }),
    postpone: (entry: OutboxEntry, until: Date) => set(entry, { availableAt: until }),
    forgetBefore: async (at: Date) => {
      await withDatabaseRetry(() => model.deleteMany({ createdAt: { $lt: at }, outcome: { $ne: null } }));
    },
  };
}

function queries(model: Model<EntryDocument>) {
  return {
    get: async (_id: string) => {
      const find = () => model.findById(_id).lean<EntryDocument>();
      return toEntry(await withDatabaseRetry<EntryDocument | null>(find));
    },
    ofMessage: async (channel: string, account: string, messageId: string) => {
      const find = () => model.findOne({ channel, account, messageId }).lean<EntryDocument>();
      return toEntry(await withDatabaseRetry<EntryDocument | null>(find));
    },
    marked: async ({ channel, account, mark, since, limit }: MarksAsked) => {
      const filter: Record<string, unknown> = {
        channel,
        account,
        'content.kind': 'reaction',
        'content.text': mark,
        createdAt: { $gte: since },
      };
      const find = () => model.find(filter).sort({ createdAt: 1 }).limit(limit).lean<EntryDocument[]>();
      const found = await withDatabaseRetry<EntryDocument[]>(find);
      return found.flatMap((document) => toEntry(document) ?? []);
    },
    claim: async ({ channel, account, now, until, exceptChats }: OutboxClaim) => {
      const waits = { channel, account, outcome: null, availableAt: { $lte: now } };
      const filter = exceptChats.length === 0 ? waits : { ...waits, chat: { $nin: exceptChats } };
      const take = { $set: { availableAt: until }, $inc: { attempts: 1 } };
      const claimed = await withDatabaseRetry<EntryDocument | null>(() =>
        model.findOneAndUpdate(filter, take, { sort: { order: 1 }, returnDocument: 'after' }).lean<EntryDocument>(),
      );
      return toEntry(claimed);
    },
  };
}

function toEntry(document: EntryDocument | null): OutboxEntry | null {
  if (!document) return null;
  const { _id, ...rest } = document;
  return OutboxEntry.parse({ id: _id, ...rest });
}

/** The driver gives bytes in a wrapping of its own. */
function toBytes(value: unknown, context: z.RefinementCtx): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (value instanceof mongoose.mongo.Binary) return value.buffer;
  context.addIssue({ code: 'custom', message: 'no bytes' });
  return z.NEVER;
}

function entryModel(connection: Connection): Model<EntryDocument> {
  const text = { type: String, required: true };
  const instant = { type: Date, required: true };
  const { Mixed } = mongoose.Schema.Types;
  const schema = new mongoose.Schema<EntryDocument>(
    {
      ...{ _id: text, channel: text, account: text, chat: text, messageId: text },
      content: { type: Mixed, required: true },
      quoted: { type: Mixed, default: null },
      ticketId: { type: String, default: null },
      attempts: { type: Number, required: true },
      outcome: { type: String, default: null },
      sent: { type: Mixed, default: null },
      order: { type: Number, required: true },
      ...{ createdAt: instant, availableAt: instant, expiresAt: instant },
    } as mongoose.SchemaDefinition<EntryDocument>, // mongoose cannot tell that mixed parts are checked on the way out
    { collection: 'chat_outbox', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ channel: 1, account: 1, outcome: 1, order: 1 });
  schema.index({ channel: 1, account: 1, messageId: 1 });
  schema.index({ createdAt: 1 });
  schema.index(
    { channel: 1, account: 1, 'content.text': 1, createdAt: 1 },
    { partialFilterExpression: { 'content.kind': 'reaction' } },
  );
  return connection.model<EntryDocument>('ChatOutboxEntry', schema);
}
