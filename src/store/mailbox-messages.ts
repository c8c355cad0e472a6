import mongoose, { type Connection, type Model } from 'mongoose';
import { z } from 'zod';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

const Answered = z.object({ answerId: z.string(), stage: z.string(), text: z.string() });

/** What is known of a mail once it was taken in; nothing of its text. */
export const MailTaken = z.object({
  outcome: z.string(),
  /** The sender, and whether the mail is surely theirs. */
  from: z.string().nullable(),
  isVerified: z.boolean(),
  ticketIds: z.array(z.string()),
  /** A document was refused or left out: a person has to look at the mail. */
  hasRefused: z.boolean(),
  /** What an answer in the thread needs, where one was asked for. */
  reply: z
    .object({ to: z.string(), subject: z.string(), messageId: z.string().nullable(), references: z.string() })
    .nullable(),
});
export type MailTaken = z.infer<typeof MailTaken>;

/** A mail of a mailbox: journaled when it was heard of, taken in once, then labelled when its tickets have ended. */
export const MailboxMessage = z.object({
  id: z.string(),
  mailbox: z.string(),
  messageId: z.string(),
  threadId: z.string(),
  attempts: z.int(),
  taken: MailTaken.nullable(),
  /** The latest answer to each of its tickets; one may come before `taken` does. */
  answers: z.record(z.string(), Answered),
  /** Since when labels or an answer may be missing. */
  pendingSince: z.date().nullable(),
  /** Goes up with each answer, so that one that comes while another is shown is not passed over. */
  revision: z.int(),
  /** Our label on it. */
  label: z.string().nullable(),
  /** What was last said in its thread. */
  said: z.string().nullable(),
});
export type MailboxMessage = z.infer<typeof MailboxMessage>;

export type NewMessage = Pick<MailboxMessage, 'mailbox' | 'messageId' | 'threadId'>;

/** All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface MailboxMessages {
  /** Journaled when it resolves; one that is there already changes nothing. Returns how many are new. */
  add(messages: readonly NewMessage[], now: Date): Promise<number>;
  /** Of these, the ones that were heard of before. */
  known(mailbox: string, messageIds: readonly string[]): Promise<Set<string>>;
  /** The oldest that waits to be taken in. Whoever has claimed the mailbox asks. */
  next(mailbox: string, now: Date): Promise<MailboxMessage | null>;
  postpone(id: string, until: Date, error: string): Promise<void>;
  took(id: string, taken: MailTaken, now: Date): Promise<void>;
  /** Keeps a ticket's answer; false when the mail is not known (its mailbox was unlinked). */
  answer(
    mailbox: string,
    messageId: string,
    ticketId: string,
    answer: z.infer<typeof Answered>,
    now: Date,
  ): Promise<boolean>;
  /** Taken in, with labels or an answer that may be missing. */
  pending(mailbox: string, now: Date, limit: number): Promise<MailboxMessage[]>;
  /** Nothing is missing, unless another answer came meanwhile. */
  settle(message: MailboxMessage, done: Pick<MailboxMessage, 'label' | 'said'>): Promise<void>;
  /** How many wait to be taken in. */
  waiting(mailbox: string): Promise<number>;
  /** Forgets mails heard of before. */
  forgetBefore(at: Date): Promise<void>;
  removeOf(mailbox: string): Promise<void>;
}

interface MessageDocument extends Omit<MailboxMessage, 'id'> {
  _id: string;
  heardAt: Date;
  availableAt: Date;
  error: string | null;
}

/** Longer than any resync looks back: a mail that is forgotten could be taken for a new one (its tickets would be the same). */
const keptMs = 90 * 24 * 60 * 60_000;

export async function createMailboxMessages(connection: Connection): Promise<MailboxMessages> {
  const model = messageModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);
  return { ...journal(model), ...ending(model) };
}

function journal(model: Model<MessageDocument>) {
  return {
    add: async (messages: readonly NewMessage[], now: Date) => {
      if (messages.length === 0) return 0;
      const fresh = { attempts: 0, taken: null, answers: {}, pendingSince: null, revision: 0, label: null, said: null };
      const writes = messages.map((message) => ({
        updateOne: {
          filter: { _id: idOf(message.mailbox, message.messageId) },
          update: { $setOnInsert: { ...message, ...fresh, heardAt: now, availableAt: now, error: null } },
          upsert: true,
        },
      }));
      return (await withDatabaseRetry(() => model.bulkWrite(writes, { ordered: false }))).upsertedCount;
    },
    known: async (mailbox: string, messageIds: readonly string[]) => {
      const filter = { _id: { $in: messageIds.map((id) => idOf(mailbox, id)) } };
      const find = () => model.find(filter, { messageId: 1 }).lean<{ messageId: string }[]>();
      return new Set((await withDatabaseRetry<{ messageId: string }[]>(find)).map(({ messageId }) => messageId));
    },
    next: async (mailbox: string, now: Date) => {
      const options = { sort: { heardAt: 1, _id: 1 }, returnDocument: 'after' } as const;
      const filter = { mailbox, taken: null, availableAt: { $lte: now } };
      const take = () => model.findOneAndUpdate(filter, { $inc: { attempts: 1 } }, options).lean<MessageDocument>();
      const found = await withDatabaseRetry<MessageDocument | null>(take);
      return found && toMessage(found);
    },
    postpone: async (id: string, until: Date, error: string) => {
      await withDatabaseRetry(() => model.updateOne({ _id: id }, { $set: { availableAt: until, error } }));
    },
    took: async (id: string, taken: MailTaken, now: Date) => {
      const pendingSince = taken.ticketIds.length > 0 || taken.hasRefused ? now : null;
      await withDatabaseRetry(() =>
        model.updateOne({ _id: id }, { $set: { taken, pendingSince }, $inc: { revision: 1 } }),
      );
    },
    waiting: (mailbox: string) => withDatabaseRetry(() => model.countDocuments({ mailbox, taken: null })),
    forgetBefore: async (at: Date) => {
      const before = new Date(at.getTime() - keptMs);
      await withDatabaseRetry(() => model.deleteMany({ heardAt: { $lt: before }, taken: { $ne: null } }));
    },
    removeOf: async (mailbox: string) => {
      await withDatabaseRetry(() => model.deleteMany({ mailbox }));
    },
  };
}

function ending(model: Model<MessageDocument>) {
  return {
    answer: async (
      mailbox: string,
      messageId: string,
      ticketId: string,
      answer: z.infer<typeof Answered>,
      now: Date,
    ): Promise<boolean> => {
      const change = { $set: { [`answers.${ticketId}`]: answer, pendingSince: now }, $inc: { revision: 1 } };
      const { matchedCount } = await withDatabaseRetry(() =>
        model.updateOne({ _id: idOf(mailbox, messageId) }, change),
      );
      return matchedCount > 0;
    },
    pending: async (mailbox: string, now: Date, limit: number) => {
      const filter = { mailbox, taken: { $ne: null }, pendingSince: { $lte: now } };
      const find = () => model.find(filter).sort({ pendingSince: 1 }).limit(limit).lean<MessageDocument[]>();
      return (await withDatabaseRetry<MessageDocument[]>(find)).map(toMessage);
    },
    settle: async ({ id, revision }: MailboxMessage, done: Pick<MailboxMessage, 'label' | 'said'>) => {
      await withDatabaseRetry(() => model.updateOne({ _id: id }, { $set: done }));
      await withDatabaseRetry(() => model.updateOne({ _id: id, revision }, { $set: { pendingSince: null } }));
    },
  };
}

function idOf(mailbox: string, messageId: string): string {
  return `${mailbox}:${messageId}`;
}

function toMessage({ _id, ...rest }: MessageDocument): MailboxMessage {
  return MailboxMessage.parse({ ...rest, id: _id });
}

function messageModel(connection: Connection): Model<MessageDocument> {
  const { Mixed } = mongoose.Schema.Types;
  const text = { type: String, required: true };
  const instant = { type: Date, required: true };
  const schema = new mongoose.Schema<MessageDocument>(
    {
      ...{ _id: text, mailbox: text, messageId: text, threadId: text },
      ...{ heardAt: instant, availableAt: instant },
      attempts: { type: Number, required: true },
      ...{ taken: { type: Mixed, default: null }, answers: { type: Mixed, default: {} } },
      pendingSince: { type: Date, default: null },
      revision: { type: Number, required: true },
      ...{ label: { type: String, default: null }, said: { type: String, default: null } },
      error: { type: String, default: null },
    } as mongoose.SchemaDefinition<MessageDocument>, // mongoose cannot tell that mixed parts are checked on the way out
    { collection: 'mailbox_messages', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ mailbox: 1, taken: 1, availableAt: 1 });
  schema.index({ mailbox: 1, pendingSince: 1 });
  schema.index({ heardAt: 1 });
  return connection.model<MessageDocument>('MailboxMessage', schema);
}
