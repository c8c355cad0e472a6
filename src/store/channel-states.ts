import mongoose, { type Connection } from 'mongoose';
import { z } from 'zod';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

const Link = z.object({ qr: z.string().exactOptional(), pairingCode: z.string().exactOptional() });

/** How a channel was in one process when that process last said so. */
export const PublishedState = z.object({
  name: z.string(),
  /** Tells the processes apart that have this channel. */
  instance: z.string(),
  status: z.enum(['stopped', 'starting', 'linking', 'receiving', 'retrying', 'logged-out']),
  since: z.date(),
  lastError: z.string().nullable(),
  link: Link.nullable(),
  canUnlink: z.boolean(),
  seenAt: z.date(),
});
export type PublishedState = z.infer<typeof PublishedState>;

export interface ChannelStates {
  publish(state: PublishedState): Promise<void>;
  /** One per channel, by name: of several processes the one that says most, and those that still speak before those that do not. */
  list(): Promise<PublishedState[]>;
  forgetBefore(at: Date): Promise<void>;
}

/** A process says every few seconds how its channels are; older than this, it may be gone. */
export const staleAfterMs = 20_000;

type StateDocument = PublishedState & { _id: string };

/** What a channel does in another process matters more than that it is stopped in this one. */
const rank: readonly PublishedState['status'][] = [
  ...(['receiving', 'linking', 'logged-out', 'retrying', 'starting', 'stopped'] as const),
];

export async function createChannelStates(connection: Connection): Promise<ChannelStates> {
  const model = stateModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);

  return {
    publish: async (state) => {
      const _id = `${state.name} ${state.instance}`;
      await withDatabaseRetry(() => model.updateOne({ _id }, { $set: state }, { upsert: true }));
    },
    list: async () => {
      const documents = await withDatabaseRetry(() => model.find().sort({ seenAt: -1 }).lean<StateDocument[]>());
      const found = documents.map((document) => PublishedState.parse(document));
      const byName = Object.entries(Object.groupBy(found, ({ name }) => name));
      return byName.flatMap(([, states = []]) => foremost(states)).sort((a, b) => a.name.localeCompare(b.name));
    },
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => model.deleteMany({ seenAt: { $lt: at } }));
    },
  };
}

/** Of the states, newest word first: the most telling of those that are as fresh as the newest. */
function foremost(states: readonly PublishedState[]): PublishedState[] {
  const [newest] = states;
  if (!newest) return [];
  const fresh = states.filter(({ seenAt }) => newest.seenAt.getTime() - seenAt.getTime() < staleAfterMs);
  return fresh.sort((a, b) => rank.indexOf(a.status) - rank.indexOf(b.status)).slice(0, 1);
}

function stateModel(connection: Connection) {
  const text = { type: String, required: true };
  const at = { type: Date, required: true };
  const schema = new mongoose.Schema<StateDocument>(
    {
      ...{ _id: text, name: text, instance: text, status: text, since: at, seenAt: at },
      lastError: { type: String, default: null },
      link: { type: mongoose.Schema.Types.Mixed, default: null },
      canUnlink: { type: Boolean, default: false },
    } as mongoose.SchemaDefinition<StateDocument>, // mongoose cannot tell that the status is checked on the way out
    { collection: 'channel_states', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ seenAt: 1 });
  return connection.model<StateDocument>('ChannelState', schema);
}
