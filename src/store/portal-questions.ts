import mongoose, { type Connection } from 'mongoose';
import { withDatabaseRetry } from './database-retry.ts';

/** A chat, as a ticket's source names it. */
export interface QuestionedChat {
  channel: string;
  account: string;
  chat: string;
}

/** What a portal wants a person to read while it waits (a captcha): one question a ticket, the latest. */
export interface PortalQuestions {
  ask(ticketId: string, chat: QuestionedChat, askedAt: Date, expiresAt: Date): Promise<void>;
  /** Takes a text of the chat for the answer to its oldest open question; false when there is none. */
  answer(chat: QuestionedChat, text: string, now: Date): Promise<boolean>;
  /** What was answered, or null. */
  answerOf(ticketId: string): Promise<string | null>;
  close(ticketId: string): Promise<void>;
  forgetBefore(at: Date): Promise<void>;
}

interface QuestionDocument extends QuestionedChat {
  _id: string;
  answer: string | null;
  askedAt: Date;
  expiresAt: Date;
}

/** All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export function createPortalQuestions(connection: Connection): PortalQuestions {
  const schema = new mongoose.Schema<QuestionDocument>(
    {
      _id: { type: String, required: true },
      channel: { type: String, required: true },
      account: { type: String, required: true },
      chat: { type: String, required: true },
      answer: { type: String, default: null },
      askedAt: { type: Date, required: true },
      expiresAt: { type: Date, required: true },
    },
    { collection: 'portal_questions', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  const model = connection.model<QuestionDocument>('PortalQuestion', schema);

  return {
    ask: async (ticketId, chat, askedAt, expiresAt) => {
      const set = { ...chat, answer: null, askedAt, expiresAt };
      await withDatabaseRetry(() => model.updateOne({ _id: ticketId }, { $set: set }, { upsert: true }));
    },
    answer: async ({ channel, account, chat }, answer, now) => {
      const open = { channel, account, chat, answer: null, expiresAt: { $gt: now } };
      const options = { sort: { askedAt: 1 } } as const;
      const found = await withDatabaseRetry(() => model.findOneAndUpdate(open, { $set: { answer } }, options).lean());
      return found !== null;
    },
    answerOf: async (ticketId) => {
      const found = await withDatabaseRetry(() => model.findById(ticketId).lean<QuestionDocument>());
      return found?.answer ?? null;
    },
    close: async (ticketId) => {
      await withDatabaseRetry(() => model.deleteOne({ _id: ticketId }));
    },
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => model.deleteMany({ expiresAt: { $lte: at } }));
    },
  };
}
