import { randomUUID } from 'node:crypto';
import mongoose, { type Connection, type Model } from 'mongoose';
import { Alert, AlertCode, type NewAlert, Severity } from '../domain/alert.ts';
import type { Clock } from '../domain/clock.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';
import { isDuplicateKey } from './duplicate-key.ts';

/** What comes back within this time after it was over is the same trouble: it is not told again before this time has passed. */
const returnWithinMs = 10 * 60_000;

/** All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface Alerts {
  /** Opens the alert, or counts up the open one of the same key. */
  raise(alert: NewAlert): Promise<void>;
  /** Ends the open alert of this key, if there is one. */
  resolve(key: string): Promise<void>;
  /** Open ones that are to be told now, or again. */
  dueToTell(): Promise<Alert[]>;
  /** Notes that an alert was told; `severity` is what it has from now on, `nextAt` when it is told again, null for never. */
  noteTold(alert: Alert, severity: Severity, nextAt: Date | null): Promise<void>;
  /** Those that are over, were told, and whose end was not. */
  dueToEnd(): Promise<Alert[]>;
  noteEnd(alert: Alert): Promise<void>;
  /** Newest first. */
  list(options: { isOpen?: boolean; limit: number }): Promise<Alert[]>;
  forgetBefore(at: Date): Promise<void>;
}

interface AlertDocument extends Omit<Alert, 'id'> {
  _id: string;
  /** The key while it is open, so that a unique index lets one be open at a time. */
  openKey?: string;
  tellAt: Date | null;
  /** Its beginning was told and its end was not. */
  isEndOwed: boolean;
}

export async function createAlerts(connection: Connection, clock: Clock): Promise<Alerts> {
  const model = alertModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);

  async function raise({ key, code, severity, detail }: NewAlert): Promise<void> {
    const now = clock.now();
    if (await countUp({ openKey: key }, { detail, lastAt: now })) return;
    const since = new Date(now.getTime() - returnWithinMs);
    const again = {
      openKey: key,
      detail,
      lastAt: now,
      resolvedAt: null,
      told: 0,
      tellAt: new Date(now.getTime() + returnWithinMs),
    };
    try {
      if (await countUp({ key, resolvedAt: { $gt: since } }, again, { returns: 1 })) return;
      const fresh = {
        ...{ key, openKey: key, code, severity, detail, count: 1, told: 0, returns: 0 },
        isEndOwed: false,
      };
      const times = { openedAt: now, lastAt: now, resolvedAt: null, tellAt: now };
      await withDatabaseRetry(() => model.create({ _id: randomUUID(), ...fresh, ...times }));
    } catch (error) {
      // Another process has opened it meanwhile.
      if (!isDuplicateKey(error)) throw error;
    }
  }

  async function countUp(
    filter: object,
    $set: Partial<AlertDocument>,
    more: { returns?: number } = {},
  ): Promise<boolean> {
    const update = () => model.updateOne(filter, { $set, $inc: { count: 1, ...more } });
    return (await withDatabaseRetry(update)).matchedCount === 1;
  }

  async function find(filter: object, limit: number): Promise<Alert[]> {
    const look = () => model.find(filter).sort({ lastAt: -1 }).limit(limit).lean<AlertDocument[]>();
    return (await withDatabaseRetry<AlertDocument[]>(look)).map(toAlert);
  }

  return {
    raise,
    resolve: async (key) => {
      const end = { $set: { resolvedAt: clock.now(), tellAt: null }, $unset: { openKey: 1 } };
      await withDatabaseRetry(() => model.updateOne({ openKey: key }, end));
    },
    dueToTell: () => find({ resolvedAt: null, tellAt: { $lte: clock.now() } }, 100),
    noteTold: async ({ id, told }, severity, nextAt) => {
      const change = { $set: { severity, tellAt: nextAt, told: told + 1, isEndOwed: true } };
      await withDatabaseRetry(() => model.updateOne({ _id: id, told }, change));
    },
    dueToEnd: () => find({ resolvedAt: { $ne: null }, isEndOwed: true }, 100),
    noteEnd: async ({ id }) => {
      await withDatabaseRetry(() =>
        model.updateOne({ _id: id, resolvedAt: { $ne: null } }, { $set: { isEndOwed: false } }),
      );
    },
    list: ({ isOpen, limit }) => {
      const which = isOpen === undefined ? {} : { resolvedAt: isOpen ? null : { $ne: null } };
      return find(which, limit);
    },
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => model.deleteMany({ resolvedAt: { $lt: at } }));
    },
  };
}

function toAlert({ _id, ...rest }: AlertDocument): Alert {
  return Alert.parse({ id: _id, ...rest });
}

function alertModel(connection: Connection): Model<AlertDocument> {
  const text = { type: String, required: true };
  const at = { type: Date, required: true };
  const count = { type: Number, required: true };
  const schema = new mongoose.Schema<AlertDocument>(
    {
      ...{
        _id: text,
        key: text,
        openKey: { type: String },
        openedAt: at,
        lastAt: at,
        count,
        told: count,
        returns: count,
      },
      code: { type: String, enum: AlertCode.options, required: true },
      severity: { type: String, enum: Severity.options, required: true },
      detail: { type: mongoose.Schema.Types.Mixed, default: {} },
      resolvedAt: { type: Date, default: null },
      tellAt: { type: Date, default: null },
      isEndOwed: { type: Boolean, default: false },
    } as mongoose.SchemaDefinition<AlertDocument>, // mongoose cannot tell that the details are checked on the way out
    { collection: 'alerts', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ openKey: 1 }, { unique: true, sparse: true });
  schema.index({ key: 1, resolvedAt: 1 });
  schema.index({ resolvedAt: 1, tellAt: 1 });
  return connection.model<AlertDocument>('Alert', schema);
}
