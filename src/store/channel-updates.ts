import mongoose, { type Connection, type Model } from 'mongoose';
import { z } from 'zod';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

/** Documents take long and in any order; talk is quick and in the order of its chat; what is sealed cannot be read yet. */
export const UpdateLane = z.enum(['document', 'talk', 'sealed']);
export type UpdateLane = z.infer<typeof UpdateLane>;

/** What a messenger told, as it came, before anything was done about it. */
export const NewUpdate = z.object({
  channel: z.string(),
  account: z.string(),
  /** Unique in the account. */
  key: z.string(),
  /** The order in which updates are worked off: the messenger's own number, or the time of arrival. */
  updateId: z.int(),
  lane: UpdateLane,
  chat: z.string(),
  sender: z.string(),
  /** Names the pictures that were sent as one album. */
  album: z.string().nullable(),
  payload: z.record(z.string(), z.unknown()),
  receivedAt: z.date(),
  /** Not worked on before. */
  availableAt: z.date(),
  expiresAt: z.date(),
});
export type NewUpdate = z.infer<typeof NewUpdate>;

/** `replies`: how many were sent already. */
const Update = NewUpdate.omit({ key: true }).extend({ id: z.string(), attempts: z.int(), replies: z.int() });
export type Update = z.infer<typeof Update>;

export interface ClaimOptions {
  account: string;
  lane: UpdateLane;
  now: Date;
  /** Until when nobody else takes it. */
  until: Date;
  /** Chats that wait for an earlier update of theirs. */
  exceptChats: readonly string[];
}

/** The journal of a channel: kept before the messenger is told that we have it, worked off afterwards, done once. */
export interface ChannelUpdates {
  /** Journaled when it resolves; one that is there already changes nothing. Returns how many are new. */
  add(updates: readonly NewUpdate[]): Promise<number>;
  /** Which of these keys are there already. */
  known(channel: string, account: string, keys: readonly string[]): Promise<Set<string>>;
  /** What was sealed can be read now: it is worked on as `update` says, also when it was given up. False when it was readable before, or is not there. */
  unseal(update: NewUpdate): Promise<boolean>;
  get(channel: string, account: string, key: string): Promise<Update | null>;
  /** Replaces what the messenger told, such as an address that has changed. */
  amend(id: string, payload: Update['payload']): Promise<void>;
  /** The oldest that waits, now this worker's; null when none does. */
  claim(channel: string, options: ClaimOptions): Promise<Update | null>;
  /** Keeps a claim that is still worked on. */
  renew(ids: readonly string[], until: Date): Promise<void>;
  /** Done for good; `outcome` says how. */
  finish(id: string, outcome: string, at: Date): Promise<void>;
  /** Everything of the sender in the lane that waits, and is in nobody's hand, is done without being worked on; returns how many those were. */
  finishAll(update: Update, outcome: string, at: Date): Promise<number>;
  postpone(id: string, until: Date, error: string): Promise<void>;
  noteReplies(id: string, replies: number): Promise<void>;
  ofAlbum(update: Update): Promise<Update[]>;
  /** Forgets what has expired; what waits never expires. */
  sweep(now: Date): Promise<number>;
}

type UpdateDocument = Omit<Update, 'id'> & { _id: string; doneAt: Date | null; outcome: string | null; error?: string };

export async function createChannelUpdates(connection: Connection): Promise<ChannelUpdates> {
  const model = updateModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);
  return { ...journal(model), ...work(model) };
}

function journal(model: Model<UpdateDocument>) {
  return {
    add: async (updates: readonly NewUpdate[]) => {
      if (updates.length === 0) return 0;
      const writes = updates.map(({ key, ...update }) => {
        const _id = idOf(update.channel, update.account, key);
        const fresh = { ...update, attempts: 0, replies: 0, doneAt: null, outcome: null };
        return { updateOne: { filter: { _id }, update: { $setOnInsert: fresh }, upsert: true } };
      });
      const { upsertedCount } = await withDatabaseRetry(() => model.bulkWrite(writes, { ordered: false }));
      return upsertedCount;
    },
    known: async (channel: string, account: string, keys: readonly string[]) => {
      const filter = { _id: { $in: keys.map((key) => idOf(channel, account, key)) } };
      const found = await withDatabaseRetry(() => model.find(filter, { _id: 1 }).lean<{ _id: string }[]>());
      const ids = new Set(found.map(({ _id }) => _id));
      return new Set(keys.filter((key) => ids.has(idOf(channel, account, key))));
    },
    get: async (channel: string, account: string, key: string) => {
      const find = () => model.findById(idOf(channel, account, key)).lean<UpdateDocument>();
      const found = await withDatabaseRetry<UpdateDocument | null>(find);
      return found && toUpdate(found);
    },
    ofAlbum: async ({ channel, account, chat, album }: Update) => {
      const find = () => model.find({ channel, account, chat, album }).sort({ updateId: 1 }).lean<UpdateDocument[]>();
      return (await withDatabaseRetry<UpdateDocument[]>(find)).map(toUpdate);
    },
    sweep: async (now: Date) => {
      const expired = { expiresAt: { $lt: now }, doneAt: { $ne: null } };
      return (await withDatabaseRetry(() => model.deleteMany(expired))).deletedCount;
    },
  };
}

function work(model: Model<UpdateDocument>) {
  async function set(filter: Record<string, unknown>, change: Partial<UpdateDocument>): Promise<number> {
    return (await withDatabaseRetry(() => model.updateMany(filter, { $set: change }))).modifiedCount;
  }

  return {
    claim: async (channel: string, { account, lane, now, until, exceptChats }: ClaimOptions) => {
      const waits = { channel, account, lane, doneAt: null, availableAt: { $lte: now } };
      const filter = exceptChats.length === 0 ? waits : { ...waits, chat: { $nin: exceptChats } };
      const take = { $set: { availableAt: until }, $inc: { attempts: 1 } };
      const claimed = await withDatabaseRetry<UpdateDocument | null>(() =>
        model.findOneAndUpdate(filter, take, { sort: { updateId: 1 }, returnDocument: 'after' }).lean<UpdateDocument>(),
      );
      return claimed && toUpdate(claimed);
    },
    renew: async (ids: readonly string[], until: Date) => {
      if (ids.length > 0) await set({ _id: { $in: ids }, doneAt: null }, { availableAt: until });
    },
    finish: async (id: string, outcome: string, at: Date) => {
      await set({ _id: id }, { doneAt: at, outcome });
    },
    finishAll: ({ channel, account, sender, lane }: Update, outcome: string, at: Date) =>
      set({ channel, account, sender, lane, doneAt: null, availableAt: { $lte: at } }, { doneAt: at, outcome }),
    unseal: async ({ key, lane, chat, sender, payload, availableAt, expiresAt, ...rest }: NewUpdate) => {
      const filter = { _id: idOf(rest.channel, rest.account, key), lane: 'sealed' };
      const afresh = { attempts: 0, doneAt: null, outcome: null };
      return (await set(filter, { lane, chat, sender, payload, availableAt, expiresAt, ...afresh })) > 0;
    },
    amend: async (id: string, payload: Update['payload']) => {
      await set({ _id: id }, { payload });
    },
    noteReplies: async (id: string, replies: number) => {
      await set({ _id: id }, { replies });
    },
    postpone: async (id: string, until: Date, error: string) => {
      await set({ _id: id }, { availableAt: until, error });
    },
  };
}

function idOf(channel: string, account: string, key: string): string {
  return `${channel}:${account}:${key}`;
}

function toUpdate({ _id, ...rest }: UpdateDocument): Update {
  return Update.parse({ id: _id, ...rest });
}

function updateModel(connection: Connection): Model<UpdateDocument> {
  const text = { type: String, required: true };
  const instant = { type: Date, required: true };
  const schema = new mongoose.Schema<UpdateDocument>(
    {
      ...{ _id: text, channel: text, account: text, lane: text, chat: text, sender: text },
      updateId: { type: Number, required: true },
      album: { type: String, default: null },
      payload: { type: mongoose.Schema.Types.Mixed, required: true },
      ...{ receivedAt: instant, availableAt: instant, expiresAt: instant },
      attempts: { type: Number, required: true },
      replies: { type: Number, required: true },
      doneAt: { type: Date, default: null },
      outcome: { type: String, default: null },
      error: { type: String },
    },
    { collection: 'channel_updates', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ channel: 1, account: 1, lane: 1, doneAt: 1, updateId: 1 });
  schema.index(
    { channel: 1, account: 1, chat: 1, album: 1 },
    { partialFilterExpression: { album: { $type: 'string' } } },
  );
  schema.index({ expiresAt: 1 });
  return connection.model<UpdateDocument>('ChannelUpdate', schema);
}
