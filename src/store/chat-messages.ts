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

const ShownButton = z.object({ label: z.string(), data: z.string() });
/** A file that goes with a reply; its bytes lie in the file store. */
const AttachedFile = z.object({ name: z.string(), mime: z.string(), sha256: z.string(), sizeBytes: z.int() });

/** What was said in a web chat: by a person, or by Recibot: the answer about a ticket, why a file was refused, a reply. */
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
  /** The page's id of the message, when a person said it. */
  saidIn: z.string().nullable().default(null),
  buttons: z.array(z.array(ShownButton)).default([]),
  file: AttachedFile.nullable().default(null),
  at: z.date(),
});
export type ChatMessage = z.infer<typeof ChatMessage>;

/** Without what only some kinds of message have. */
export type NewChatMessage = z.input<typeof ChatMessage>;

export interface ChatMessages {
  /** Keeps a message; one with an id that is there already changes nothing. */
  add(message: NewChatMessage): Promise<void>;
  get(companyId: string, chat: string, id: string): Promise<ChatMessage | null>;
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
    get: async (companyId, chat, _id) => {
      const find = () => model.findOne({ _id, companyId, chat }).lean<ChatMessageDocument>();
      const found = await withDatabaseRetry<ChatMessageDocument | null>(find);
      return found && toMessage(found);
    },
    ofChat: async (companyId, chat, { since, limit }) => {
      const filter = { companyId, chat, ...(since ? { at: { $gt: since } } : {}) };
      const newest = () => model.find(filter).sort({ at: -1 }).limit(limit).lean<ChatMessageDocument[]>();
      const found = await withDatabaseRetry<ChatMessageDocument[]>(newest);
      return found.map(toMessage);
    },
  };
}

function toMessage({ _id, ...rest }: ChatMessageDocument): ChatMessage {
  return ChatMessage.parse({ id: _id, ...rest });
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
      saidIn: { type: String, default: null },
      buttons: { type: Mixed, default: [] },
      file: { type: Mixed, default: null },
      at: { type: Date, required: true },
    },
    { collection: 'chat_messages', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ companyId: 1, chat: 1, at: -1 });
  return connection.model<ChatMessageDocument>('ChatMessage', schema);
}
