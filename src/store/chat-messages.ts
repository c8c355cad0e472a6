import mongoose, { type Connection } from 'mongoose';
import { z } from 'zod';
import { failureCodes } from '../domain/failure.ts';
import { Language } from '../domain/language.ts';
import { Result } from '../domain/result.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

/** A file that was not taken, and why. */
export const Refusal = z.object({
  code: z.enum(failureCodes),
  fileName: z.string(),
  /** The client's message that carried it, and its position in it. */
  message: z.string(),
  attachment: z.int().nonnegative(),
});
export type Refusal = z.infer<typeof Refusal>;

/** What Recibot said in a web chat: the answer about a ticket, or why a file was refused. */
export const ChatMessage = z.object({
  id: z.string(),
  companyId: z.string(),
  chat: z.string(),
  language: Language,
  /** Empty for a refusal, whose text follows from its code. */
  text: z.string(),
  ticketId: z.string().nullable(),
  result: Result.nullable(),
  refusal: Refusal.nullable(),
  at: z.date(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

export interface ChatMessages {
  /** Keeps a message; one with an id that is there already changes nothing. */
  add(message: ChatMessage): Promise<void>;
  /** Newest first. `since` is exclusive. */
  ofChat(companyId: string, chat: string, options: { since?: Date; limit: number }): Promise<ChatMessage[]>;
}

type ChatMessageDocument = Omit<ChatMessage, 'id'> & { _id: string };

export async function createChatMessages(connection: Connection): Promise<ChatMessages> {
  const model = chatMessageModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);

  return {
    add: async ({ id, ...rest }) => {
      await withDatabaseRetry(() => model.updateOne({ _id: id }, { $setOnInsert: rest }, { upsert: true }));
    },
    ofChat: async (companyId, chat, { since, limit }) => {
      const filter = { companyId, chat, ...(since ? { at: { $gt: since } } : {}) };
      const newest = () => model.find(filter).sort({ at: -1 }).limit(limit).lean<ChatMessageDocument[]>();
      const found = await withDatabaseRetry<ChatMessageDocument[]>(newest);
      return found.map(({ _id, ...rest }) => ChatMessage.parse({ id: _id, ...rest }));
    },
  };
}

function chatMessageModel(connection: Connection) {
  const { Mixed } = mongoose.Schema.Types;
  const schema = new mongoose.Schema<ChatMessageDocument>(
    {
      _id: { type: String, required: true },
      companyId: { type: String, required: true },
      chat: { type: String, required: true },
      language: { type: String, required: true },
      text: { type: String },
      ticketId: { type: String, default: null },
      result: { type: Mixed, default: null },
      refusal: { type: Mixed, default: null },
      at: { type: Date, required: true },
    },
    { collection: 'chat_messages', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ companyId: 1, chat: 1, at: -1 });
  return connection.model<ChatMessageDocument>('ChatMessage', schema);
}
