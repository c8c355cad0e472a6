import mongoose, { type Connection } from 'mongoose';
import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

const Choices = z.array(z.object({ label: z.string(), data: z.string() }));
type Choices = z.infer<typeof Choices>;

/** The last numbered menu of each chat that has no buttons. All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface Menus {
  keep(chatKey: string, choices: Choices): Promise<void>;
  /** Empty when there is none. */
  last(chatKey: string): Promise<Choices>;
  forgetBefore(at: Date): Promise<void>;
}

interface MenuDocument {
  _id: string;
  choices: unknown;
  at: Date;
}

export async function createMenus(connection: Connection, clock: Clock): Promise<Menus> {
  const model = menuModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);
  return {
    keep: async (_id, choices) => {
      const change = { $set: { choices, at: clock.now() } };
      await withDatabaseRetry(() => model.updateOne({ _id }, change, { upsert: true }));
    },
    last: async (chatKey) => {
      const found = await withDatabaseRetry(() => model.findById(chatKey).lean<MenuDocument>());
      return found ? Choices.parse(found.choices) : [];
    },
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => model.deleteMany({ at: { $lt: at } }));
    },
  };
}

function menuModel(connection: Connection) {
  const { Mixed } = mongoose.Schema.Types;
  const schema = new mongoose.Schema<MenuDocument>(
    {
      _id: { type: String, required: true },
      choices: { type: Mixed, required: true },
      at: { type: Date, required: true },
    },
    { collection: 'conversation_menus', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ at: 1 });
  return connection.model<MenuDocument>('ConversationMenu', schema);
}
