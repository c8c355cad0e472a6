import mongoose, { type Connection } from 'mongoose';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

export interface ChatName {
  channel: string;
  account: string;
  chat: string;
}

/** When somebody last said or sent something in a chat. */
export interface ChatActivity {
  note(chat: ChatName, at: Date): Promise<void>;
  lastAt(chat: ChatName): Promise<Date | null>;
  forgetBefore(at: Date): Promise<void>;
}

interface ActivityDocument {
  _id: string;
  at: Date;
}

export async function createChatActivity(connection: Connection): Promise<ChatActivity> {
  const schema = new mongoose.Schema<ActivityDocument>(
    { _id: { type: String, required: true }, at: { type: Date, required: true } },
    { collection: 'chat_activity', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ at: 1 });
  const model = connection.model<ActivityDocument>('ChatActivity', schema);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);

  return {
    note: async (chat, at) => {
      await withDatabaseRetry(() => model.updateOne({ _id: keyOf(chat) }, { $max: { at } }, { upsert: true }));
    },
    lastAt: async (chat) => {
      const found = await withDatabaseRetry(() => model.findById(keyOf(chat)).lean<ActivityDocument>());
      return found?.at ?? null;
    },
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => model.deleteMany({ at: { $lt: at } }));
    },
  };
}

/** The account may be unknown to who tells; within a channel a chat's name is enough. */
function keyOf({ channel, chat }: ChatName): string {
  return JSON.stringify([channel, chat]);
}
