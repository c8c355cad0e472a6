import mongoose, { type Connection, type Model } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import { Lesson } from '../domain/lesson.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

/** A lesson as it stands now; processes that hold it let go of a forgotten one. */
export interface LessonChange {
  lesson: Lesson;
  isForgotten: boolean;
  changedAt: Date;
}

/** What people taught. All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface Lessons {
  teach(lesson: Omit<Lesson, 'taughtAt'>): Promise<void>;
  /** False when there is no such lesson. */
  forget(companyId: string, ticketId: string): Promise<boolean>;
  /** All that a person taught, when they want to be forgotten. */
  forgetPerson(companyId: string, personId: string): Promise<void>;
  /** Newest first. */
  of(companyId: string, limit: number): Promise<Lesson[]>;
  /** Newest first, forgotten ones too; null: from the beginning. */
  changedSince(since: Date | null, limit: number): Promise<LessonChange[]>;
  /** Lets go of what was forgotten before then: every process knows by now. */
  forgetBefore(at: Date): Promise<void>;
}

interface LessonDocument extends Omit<Lesson, 'ticketId'> {
  _id: string;
  isForgotten: boolean;
  changedAt: Date;
}

/** Of one company; the oldest are forgotten. */
const mostOfCompany = 2_000;

export async function createLessons(connection: Connection, clock: Clock, most = mostOfCompany): Promise<Lessons> {
  const model = lessonModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);

  async function hide(filter: object): Promise<number> {
    const change = { $set: { isForgotten: true, changedAt: clock.now(), fingerprint: '', personId: '' } };
    const { matchedCount } = await withDatabaseRetry(() => model.updateMany({ ...filter, isForgotten: false }, change));
    return matchedCount;
  }

  async function prune(companyId: string): Promise<void> {
    const kept = model.find({ companyId, isForgotten: false }, { _id: 1 }).sort({ taughtAt: -1 });
    const old = await withDatabaseRetry(() => kept.clone().skip(most).limit(100).lean<{ _id: string }[]>());
    if (old.length > 0) await hide({ _id: { $in: old.map(({ _id }) => _id) } });
  }

  return {
    teach: async ({ ticketId, ...rest }) => {
      const now = clock.now();
      const change = { $set: { ...rest, taughtAt: now, changedAt: now, isForgotten: false } };
      await withDatabaseRetry(() => model.updateOne({ _id: ticketId }, change, { upsert: true }));
      await prune(rest.companyId);
    },
    forget: async (companyId, ticketId) => (await hide({ _id: ticketId, companyId })) > 0,
    forgetPerson: async (companyId, personId) => {
      await hide({ companyId, personId });
    },
    of: async (companyId, limit) => {
      const query = model.find({ companyId, isForgotten: false }).sort({ taughtAt: -1 }).limit(limit);
      return (await withDatabaseRetry(() => query.clone().lean<LessonDocument[]>())).map(toLesson);
    },
    changedSince: async (since, limit) => {
      const query = model.find(since ? { changedAt: { $gte: since } } : { isForgotten: false });
      const sorted = query.sort({ changedAt: -1 }).limit(limit);
      const found = await withDatabaseRetry(() => sorted.clone().lean<LessonDocument[]>());
      return found.map((document) => {
        const { isForgotten, changedAt } = document;
        return { lesson: toLesson(document), isForgotten, changedAt };
      });
    },
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => model.deleteMany({ isForgotten: true, changedAt: { $lt: at } }));
    },
  };
}

function toLesson({ _id, ...rest }: LessonDocument): Lesson {
  return Lesson.parse({ ...rest, ticketId: _id });
}

function lessonModel(connection: Connection): Model<LessonDocument> {
  const text = { type: String, default: null };
  const schema = new mongoose.Schema<LessonDocument>(
    {
      _id: { type: String, required: true },
      companyId: { type: String, required: true },
      personId: { type: String, default: '' },
      merchant: { type: mongoose.Schema.Types.Mixed, required: true },
      taxId: text,
      permit: text,
      fingerprint: { type: String, default: '' },
      taughtAt: { type: Date, required: true },
      isForgotten: { type: Boolean, required: true },
      changedAt: { type: Date, required: true },
    },
    { collection: 'lessons', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ changedAt: -1 });
  schema.index({ companyId: 1, isForgotten: 1, taughtAt: -1 });
  return connection.model<LessonDocument>('Lesson', schema);
}
