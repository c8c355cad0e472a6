import mongoose, { type Connection } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { type KeptReply, toKeptReply } from './kept-reply.ts';

/** What is remembered of one person in one chat; `state` is the conversation's own. */
export interface KeptConversation {
  state: unknown;
  /** 0 when nothing is kept yet. */
  revision: number;
}

/** `owner` names whose they are, so that they can be erased. All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface Conversations {
  load(key: string): Promise<KeptConversation>;
  /** Keeps the state if the conversation is still at `revision` (compare and set); false when it is not. */
  save(key: string, revision: number, state: unknown, owner: string): Promise<boolean>;
  repliesTo(saidKey: string): Promise<KeptReply[] | null>;
  /** Keeps what a message was answered and gives it back; when it was answered already, what was said then. */
  keepReplies(saidKey: string, replies: KeptReply[], owner: string): Promise<KeptReply[]>;
  forgetBefore(at: Date): Promise<void>;
}

interface ConversationDocument {
  _id: string;
  usedBy: string;
  state: unknown;
  revision: number;
  at: Date;
}

interface RepliesDocument {
  _id: string;
  usedBy: string;
  replies: unknown[];
  at: Date;
}

export async function createConversations(connection: Connection, clock: Clock): Promise<Conversations> {
  const { conversations, replies } = models(connection);
  await withDatabaseRetry(() => conversations.createIndexes(), buildingIndexes);
  await withDatabaseRetry(() => replies.createIndexes(), buildingIndexes);

  async function repliesTo(_id: string): Promise<KeptReply[] | null> {
    const found = await withDatabaseRetry(() => replies.findById(_id).lean<RepliesDocument>());
    return found?.replies.map(toKeptReply) ?? null;
  }

  return {
    load: async (key) => {
      const found = await withDatabaseRetry(() => conversations.findById(key).lean<ConversationDocument>());
      return found ? { state: found.state, revision: found.revision } : { state: null, revision: 0 };
    },
    save: async (_id, revision, state, usedBy) => {
      const change = { $set: { usedBy, state, revision: revision + 1, at: clock.now() } };
      try {
        const update = () => conversations.updateOne({ _id, revision }, change, { upsert: revision === 0 });
        const { matchedCount, upsertedCount } = await withDatabaseRetry(update);
        return matchedCount + upsertedCount === 1;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    repliesTo,
    keepReplies: async (_id, given, usedBy) => {
      const change = { $setOnInsert: { usedBy, replies: given, at: clock.now() } };
      await withDatabaseRetry(() => replies.updateOne({ _id }, change, { upsert: true }));
      return (await repliesTo(_id)) ?? given;
    },
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => conversations.deleteMany({ at: { $lt: at } }));
      await withDatabaseRetry(() => replies.deleteMany({ at: { $lt: at } }));
    },
  };
}

function models(connection: Connection) {
  const { Mixed } = mongoose.Schema.Types;
  const common = { minimize: false, versionKey: false, autoIndex: false, strict: 'throw' } as const;
  const _id = { type: String, required: true } as const;
  const at = { type: Date, required: true } as const;
  const usedBy = { type: String, default: '' } as const;
  const conversation = new mongoose.Schema<ConversationDocument>(
    { _id, usedBy, state: { type: Mixed }, revision: { type: Number, required: true }, at },
    { ...common, collection: 'conversations' },
  );
  const reply = new mongoose.Schema<RepliesDocument>(
    { _id, usedBy, replies: { type: Mixed }, at },
    { ...common, collection: 'conversation_replies' },
  );
  for (const schema of [conversation, reply]) schema.index({ at: 1 });
  return {
    conversations: connection.model<ConversationDocument>('Conversation', conversation),
    replies: connection.model<RepliesDocument>('ConversationReplies', reply),
  };
}
