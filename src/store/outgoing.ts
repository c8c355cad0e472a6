import mongoose, { type Connection, type Model } from 'mongoose';
import { z } from 'zod';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';
import { toKeptReply } from './kept-reply.ts';

/** What is told: a text of its own, or the answer about a ticket as it was at a revision. */
const What = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('notice'), reply: z.unknown().transform(toKeptReply) }),
  z.object({ kind: z.literal('answer'), ticketId: z.string(), revision: z.int() }),
]);

/** Something that waits for its moment to be told in a chat: until a process has that channel, until morning, until the network is back. */
export const Outgoing = z.object({
  /** Unique in its channel for ever: the same one again has no effect. */
  id: z.string().min(1).max(300),
  channel: z.string(),
  account: z.string(),
  chat: z.string(),
  what: What,
  dueAt: z.date(),
  /** How often it was claimed. */
  attempts: z.int().nonnegative(),
  createdAt: z.date(),
});
export type Outgoing = z.infer<typeof Outgoing>;

export type NewOutgoing = Omit<Outgoing, 'attempts' | 'createdAt'>;

export interface OutgoingClaim {
  channels: readonly string[];
  /** Chats that are being told something: theirs is left, so that each chat hears in order. */
  exceptChats: readonly string[];
  now: Date;
  /** Nobody else gets it before. */
  until: Date;
}

/** All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface OutgoingBox {
  add(entry: NewOutgoing, now: Date): Promise<void>;
  /** Takes the one that is due longest; it is free again at `until`. */
  claim(claim: OutgoingClaim): Promise<Outgoing | null>;
  postpone(entry: Pick<Outgoing, 'channel' | 'id'>, dueAt: Date, reason: string): Promise<void>;
  finish(entry: Pick<Outgoing, 'channel' | 'id'>, outcome: string, now: Date): Promise<void>;
  /** What of a channel still has to be told. */
  waiting(channel: string): Promise<number>;
  forgetBefore(at: Date): Promise<void>;
}

interface OutgoingDocument extends Omit<Outgoing, 'what'> {
  _id: string;
  what: unknown;
  doneAt: Date | null;
  /** How it ended, or why it waits. */
  outcome: string | null;
}

export async function createOutgoingBox(connection: Connection): Promise<OutgoingBox> {
  const model = outgoingModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);

  async function set(entry: Pick<Outgoing, 'channel' | 'id'>, change: Partial<OutgoingDocument>): Promise<void> {
    await withDatabaseRetry(() => model.updateOne({ _id: keyOf(entry), doneAt: null }, { $set: change }));
  }

  return {
    add: async (entry, now) => {
      const fresh = { ...entry, attempts: 0, createdAt: now, doneAt: null, outcome: null };
      await withDatabaseRetry(() => model.updateOne({ _id: keyOf(entry) }, { $setOnInsert: fresh }, { upsert: true }));
    },
    claim: async ({ channels, exceptChats, now, until }) => {
      const due = { channel: { $in: [...channels] }, doneAt: null, dueAt: { $lte: now } };
      const filter = exceptChats.length === 0 ? due : { ...due, chat: { $nin: [...exceptChats] } };
      const change = { $set: { dueAt: until }, $inc: { attempts: 1 } };
      const options = { sort: { dueAt: 1 }, returnDocument: 'after' } as const;
      const claim = () => model.findOneAndUpdate(filter, change, options).lean<OutgoingDocument>();
      const found = await withDatabaseRetry<OutgoingDocument | null>(claim);
      return found && Outgoing.parse(found);
    },
    postpone: (entry, dueAt, reason) => set(entry, { dueAt, outcome: reason }),
    finish: (entry, outcome, now) => set(entry, { doneAt: now, outcome }),
    waiting: (channel) => withDatabaseRetry(() => model.countDocuments({ channel, doneAt: null })),
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => model.deleteMany({ doneAt: { $lt: at } }));
    },
  };
}

function keyOf({ channel, id }: Pick<Outgoing, 'channel' | 'id'>): string {
  return `${channel} ${id}`;
}

function outgoingModel(connection: Connection): Model<OutgoingDocument> {
  const text = { type: String, required: true };
  const schema = new mongoose.Schema<OutgoingDocument>(
    {
      ...{ _id: text, id: text, channel: text, account: { type: String }, chat: text },
      what: { type: mongoose.Schema.Types.Mixed, required: true },
      dueAt: { type: Date, required: true },
      attempts: { type: Number, required: true },
      createdAt: { type: Date, required: true },
      doneAt: { type: Date, default: null },
      outcome: { type: String, default: null },
    } as mongoose.SchemaDefinition<OutgoingDocument>, // mongoose cannot tell that `what` is checked on the way out
    { collection: 'outgoing', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ doneAt: 1, dueAt: 1 });
  return connection.model<OutgoingDocument>('Outgoing', schema);
}
