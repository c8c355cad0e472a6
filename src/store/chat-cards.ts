import mongoose, { type Connection, type Model } from 'mongoose';
import { z } from 'zod';
import { Language } from '../domain/language.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

/** One document on a card. */
export const CardItem = z.object({
  ticketId: z.string(),
  /** The message that brought it, and how its sender calls the file. */
  message: z.string(),
  name: z.string(),
  /** What Recibot said in the end; null while it is worked on. */
  answer: z
    .object({
      ...{ id: z.string(), text: z.string(), stage: z.string().nullable() },
      /** Merchants to choose from. */
      merchants: z.array(z.string()).default([]),
      /** Whether its invoice can be asked for. */
      mayInvoice: z.boolean().default(false),
    })
    .nullable(),
  /** What was sent after the answer, by sha256, so that it is sent once. */
  filesSent: z.array(z.string()).default([]),
});
export type CardItem = z.infer<typeof CardItem>;

/** A message of ours in a chat that is edited as its documents go on: one document, an album, or a burst. */
export const Card = z.object({
  id: z.string(),
  companyId: z.string(),
  channel: z.string(),
  account: z.string(),
  chat: z.string(),
  language: Language,
  items: z.array(CardItem),
  /** Our message as the messenger numbers it; null until it is sent. */
  messageId: z.int().nullable(),
  /** What the message shows now, so that nothing is shown twice; null: nothing. */
  shown: z.string().nullable(),
  /** When an answer was put on it that may not be shown yet. */
  pendingSince: z.date().nullable(),
  createdAt: z.date(),
});
export type Card = z.infer<typeof Card>;

/** Without merchants where there is nothing to choose. */
type CardAnswer = NonNullable<z.input<typeof CardItem>['answer']>;

export type NewCard = Pick<Card, 'id' | 'companyId' | 'channel' | 'account' | 'chat' | 'language' | 'createdAt'>;

export interface ChatCards {
  /** Puts a document on the card, which is made when it is not there; a document that has a card already stays on it. */
  join(card: NewCard, item: Omit<CardItem, 'answer' | 'filesSent'>, expiresAt: Date): Promise<Card>;
  ofTicket(ticketId: string): Promise<Card | null>;
  get(id: string): Promise<Card | null>;
  /** Puts the answer on the ticket's card; null when the ticket has no card, or has this very answer. */
  answer(ticketId: string, answer: CardAnswer, at: Date): Promise<Card | null>;
  /** The document that a message of the chat is about: ours that tells of it alone, or the one that brought it. */
  aboutMessage(place: Pick<Card, 'channel' | 'account' | 'chat'>, messageId: number): Promise<string | null>;
  noteFile(ticketId: string, sha256: string): Promise<void>;
  /** Begins a new message: what is told next must be noticed, and an edit is not. */
  detach(id: string): Promise<void>;
  shown(id: string, messageId: number | null, shown: string): Promise<void>;
  /** All answers of the card are in the chat, unless one came after `since`. */
  settle(id: string, since: Date): Promise<void>;
  /** Cards with answers put on them before `before` that nobody has shown. */
  pending(channel: string, account: string, before: Date, limit: number): Promise<Card[]>;
  /** Cards younger than `since` with documents without an answer. */
  open(channel: string, account: string, since: Date, limit: number): Promise<Card[]>;
  sweep(now: Date): Promise<number>;
}

type CardDocument = Omit<Card, 'id'> & { _id: string; expiresAt: Date };

export async function createChatCards(connection: Connection): Promise<ChatCards> {
  const model = cardModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);
  return { ...writes(model), ...queries(model) };
}

function writes(model: Model<CardDocument>) {
  async function set(filter: Record<string, unknown>, change: Record<string, unknown>): Promise<void> {
    await withDatabaseRetry(() => model.updateOne(filter, { $set: change }));
  }

  return {
    join: async ({ id, ...card }: NewCard, item: Omit<CardItem, 'answer' | 'filesSent'>, expiresAt: Date) => {
      const known = await one(model, { 'items.ticketId': item.ticketId });
      if (known) return known;
      const fresh = { ...card, messageId: null, shown: null, pendingSince: null, expiresAt };
      const added = { $setOnInsert: fresh, $push: { items: { ...item, answer: null, filesSent: [] } } };
      await withDatabaseRetry(async () => {
        // Without the document: a repeated attempt whose first one was carried out must not add it twice.
        const exists = await model.exists({ _id: id, 'items.ticketId': item.ticketId });
        if (!exists) await model.updateOne({ _id: id }, added, { upsert: true });
      });
      return Card.parse({ ...(await one(model, { _id: id })) });
    },
    answer: async (ticketId: string, answer: CardAnswer, at: Date) => {
      const filter = { items: { $elemMatch: { ticketId, 'answer.id': { $ne: answer.id } } } };
      const change = { $set: { 'items.$.answer': answer, pendingSince: at } };
      const { matchedCount } = await withDatabaseRetry(() => model.updateOne(filter, change));
      return matchedCount === 0 ? null : one(model, { 'items.ticketId': ticketId });
    },
    noteFile: async (ticketId: string, sha256: string) => {
      const change = { $addToSet: { 'items.$.filesSent': sha256 } };
      await withDatabaseRetry(() => model.updateOne({ 'items.ticketId': ticketId }, change));
    },
    detach: (id: string) => set({ _id: id }, { messageId: null, shown: null }),
    shown: (id: string, messageId: number | null, shown: string) => set({ _id: id }, { messageId, shown }),
    settle: (id: string, since: Date) => set({ _id: id, pendingSince: since }, { pendingSince: null }),
    sweep: async (now: Date) =>
      (await withDatabaseRetry(() => model.deleteMany({ expiresAt: { $lt: now } }))).deletedCount,
  };
}

function queries(model: Model<CardDocument>) {
  async function many(filter: Record<string, unknown>, limit: number): Promise<Card[]> {
    const find = () => model.find(filter).sort({ createdAt: 1 }).limit(limit).lean<CardDocument[]>();
    return (await withDatabaseRetry<CardDocument[]>(find)).map(toCard);
  }

  return {
    get: (id: string) => one(model, { _id: id }),
    ofTicket: (ticketId: string) => one(model, { 'items.ticketId': ticketId }),
    aboutMessage: async ({ channel, account, chat }: Pick<Card, 'channel' | 'account' | 'chat'>, messageId: number) => {
      const is = [{ messageId }, { 'items.message': String(messageId) }];
      const card = await one(model, { channel, account, chat, $or: is });
      const brought = card?.items.find(({ message }) => message === String(messageId));
      const [only, ...more] = card?.items ?? [];
      return brought?.ticketId ?? (more.length === 0 ? (only?.ticketId ?? null) : null);
    },
    pending: (channel: string, account: string, before: Date, limit: number) =>
      many({ channel, account, pendingSince: { $lt: before } }, limit),
    open: (channel: string, account: string, since: Date, limit: number) =>
      many({ channel, account, createdAt: { $gt: since }, 'items.answer': null }, limit),
  };
}

async function one(model: Model<CardDocument>, filter: Record<string, unknown>): Promise<Card | null> {
  const found = await withDatabaseRetry<CardDocument | null>(() => model.findOne(filter).lean<CardDocument>());
  return found && toCard(found);
}

function toCard({ _id, ...rest }: CardDocument): Card {
  return Card.parse({ id: _id, ...rest });
}

function cardModel(connection: Connection): Model<CardDocument> {
  const text = { type: String, required: true };
  const schema = new mongoose.Schema<CardDocument>(
    {
      ...{ _id: text, companyId: text, channel: text, account: text, chat: text, language: text },
      items: { type: [mongoose.Schema.Types.Mixed], required: true },
      messageId: { type: Number, default: null },
      shown: { type: String, default: null },
      pendingSince: { type: Date, default: null },
      createdAt: { type: Date, required: true },
      expiresAt: { type: Date, required: true },
    } as mongoose.SchemaDefinition<CardDocument>, // mongoose cannot tell that items are checked on the way out
    { collection: 'chat_cards', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ 'items.ticketId': 1 });
  schema.index({ channel: 1, account: 1, pendingSince: 1 });
  schema.index({ channel: 1, account: 1, createdAt: 1 });
  schema.index({ expiresAt: 1 });
  return connection.model<CardDocument>('ChatCard', schema);
}
