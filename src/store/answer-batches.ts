import mongoose, { type Connection } from 'mongoose';
import { z } from 'zod';
import { Language } from '../domain/language.ts';
import type { ChatName } from './chat-activity.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

/** Documents of one chat that came in one burst and are answered with one summary. */
export const AnswerBatch = z.object({
  id: z.string(),
  companyId: z.string(),
  channel: z.string(),
  account: z.string(),
  chat: z.string(),
  language: Language,
  /** Those that have their end, in the order in which they had it. */
  tickets: z.array(z.string()),
  lastAt: z.date(),
  /** When the last document came that an earlier summary of this chat counted. */
  toldUntil: z.date().nullable().default(null),
});
export type AnswerBatch = z.infer<typeof AnswerBatch>;

export type BatchOf = Omit<AnswerBatch, 'id' | 'tickets' | 'lastAt' | 'toldUntil'>;

/** All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface AnswerBatches {
  /** Puts a ticket that has its end into the chat's open batch, which is looked at again at `checkAt`. */
  join(batch: BatchOf, ticketId: string, now: Date, checkAt: Date): Promise<void>;
  due(now: Date, limit: number): Promise<AnswerBatch[]>;
  postpone(id: string, checkAt: Date): Promise<void>;
  /** These tickets are told; what joined meanwhile stays for the next summary. */
  close(batch: AnswerBatch, toldUntil: Date): Promise<void>;
  forgetBefore(at: Date): Promise<void>;
}

type BatchDocument = Omit<AnswerBatch, 'id'> & { _id: string; checkAt: Date };

export async function createAnswerBatches(connection: Connection): Promise<AnswerBatches> {
  const model = batchModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);

  return {
    join: async (batch, ticketId, now, checkAt) => {
      const change = { $addToSet: { tickets: ticketId }, $set: { ...batch, lastAt: now, checkAt } };
      await withDatabaseRetry(() => model.updateOne({ _id: keyOf(batch) }, change, { upsert: true }));
    },
    due: async (now, limit) => {
      const find = () =>
        model
          .find({ checkAt: { $lte: now }, 'tickets.0': { $exists: true } })
          .limit(limit)
          .lean<BatchDocument[]>();
      const found = await withDatabaseRetry<BatchDocument[]>(find);
      return found.map(({ _id, ...rest }) => AnswerBatch.parse({ id: _id, ...rest }));
    },
    postpone: async (_id, checkAt) => {
      await withDatabaseRetry(() => model.updateOne({ _id }, { $set: { checkAt } }));
    },
    close: async ({ id, tickets }, toldUntil) => {
      const change = { $pullAll: { tickets }, $set: { toldUntil } };
      await withDatabaseRetry(() => model.updateOne({ _id: id }, change));
    },
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => model.deleteMany({ lastAt: { $lt: at } }));
    },
  };
}

function keyOf({ channel, account, chat }: ChatName): string {
  return JSON.stringify([channel, account, chat]);
}

function batchModel(connection: Connection) {
  const text = { type: String, required: true };
  const at = { type: Date, required: true };
  const schema = new mongoose.Schema<BatchDocument>(
    {
      ...{ _id: text, companyId: text, channel: text, account: text, chat: text, language: text },
      ...{ tickets: { type: [String], required: true }, lastAt: at, checkAt: at },
      toldUntil: { type: Date, default: null },
    } as mongoose.SchemaDefinition<BatchDocument>, // mongoose cannot tell that the language is checked on the way out
    { collection: 'answer_batches', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ checkAt: 1 });
  return connection.model<BatchDocument>('AnswerBatch', schema);
}
