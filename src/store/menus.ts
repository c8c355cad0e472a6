import mongoose, { type Connection } from 'mongoose';
import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

const Choices = z.array(z.object({ label: z.string(), data: z.string() }));
type Choices = z.infer<typeof Choices>;

/** A chat, as documents and words of it name it. */
export interface MenuPlace {
  channel: string;
  account: string;
  chat: string;
}

/** The last numbered menu of each chat that has no buttons. All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface Menus {
  keep(place: MenuPlace, choices: Choices): Promise<void>;
  /** Empty when there is none. */
  last(place: MenuPlace): Promise<Choices>;
  forgetBefore(at: Date): Promise<void>;
}

interface MenuDocument extends MenuPlace {
  _id: string;
  choices: unknown;
  at: Date;
}

export async function createMenus(connection: Connection, clock: Clock): Promise<Menus> {
  const model = menuModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);
  return {
    keep: async ({ channel, account, chat }, choices) => {
      const change = { $set: { channel, account, chat, choices, at: clock.now() } };
      await withDatabaseRetry(() =>
        model.updateOne({ _id: keyOf({ channel, account, chat }) }, change, { upsert: true }),
      );
    },
    last: async (place) => {
      const found = await withDatabaseRetry(() => model.findById(keyOf(place)).lean<MenuDocument>());
      return found ? Choices.parse(found.choices) : [];
    },
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => model.deleteMany({ at: { $lt: at } }));
    },
  };
}

function keyOf({ channel, account, chat }: MenuPlace): string {
  return JSON.stringify([channel, account, chat]);
}

function menuModel(connection: Connection) {
  const { Mixed } = mongoose.Schema.Types;
  const text = { type: String, required: true } as const;
  const schema = new mongoose.Schema<MenuDocument>(
    {
      ...{ _id: text, channel: text, account: text, chat: text },
      choices: { type: Mixed, required: true },
      at: { type: Date, required: true },
    },
    { collection: 'conversation_menus', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ at: 1 });
  return connection.model<MenuDocument>('ConversationMenu', schema);
}
