import mongoose, { type Connection, type Model } from 'mongoose';
import { z } from 'zod';
import { Language } from '../domain/language.ts';
import { Identity } from '../domain/person.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

/** Somebody is on their way to Google and back. */
export const MailboxLink = z.object({
  /** Hash of the `state` that Google gives back: the database does not know the state itself. */
  id: z.string(),
  companyId: z.string(),
  owner: Identity,
  place: z.object({ channel: z.string(), account: z.string(), chat: z.string() }),
  language: Language,
  /** The PKCE verifier, encrypted. */
  verifier: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  /** The address that Google was told; it must be told again. */
  redirectUrl: z.string(),
  expiresAt: z.date(),
});
export type MailboxLink = z.infer<typeof MailboxLink>;

/** All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface MailboxLinks {
  add(link: MailboxLink): Promise<void>;
  /** The link, once: it is used up by it. Null when there is none, it has expired, or it was used. */
  take(id: string, now: Date): Promise<MailboxLink | null>;
  forgetBefore(at: Date): Promise<void>;
}

interface LinkDocument extends Omit<MailboxLink, 'id' | 'verifier'> {
  _id: string;
  verifier: Uint8Array | mongoose.mongo.Binary;
  usedAt: Date | null;
}

export async function createMailboxLinks(connection: Connection): Promise<MailboxLinks> {
  const model = linkModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);

  return {
    add: async ({ id, verifier, ...rest }) => {
      const fresh = { ...rest, verifier: Buffer.from(verifier), usedAt: null };
      await withDatabaseRetry(() => model.updateOne({ _id: id }, { $setOnInsert: fresh }, { upsert: true }));
    },
    take: async (id, now) => {
      const filter = { _id: id, usedAt: null, expiresAt: { $gt: now } };
      const take = () => model.findOneAndUpdate(filter, { $set: { usedAt: now } }).lean<LinkDocument>();
      const found = await withDatabaseRetry<LinkDocument | null>(take);
      return found && toLink(found);
    },
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => model.deleteMany({ expiresAt: { $lt: at } }));
    },
  };
}

function toLink({ _id, verifier, ...rest }: LinkDocument): MailboxLink {
  return MailboxLink.parse({
    ...rest,
    id: _id,
    verifier: verifier instanceof Uint8Array ? verifier : verifier.buffer,
  });
}

function linkModel(connection: Connection): Model<LinkDocument> {
  const text = { type: String, required: true };
  const schema = new mongoose.Schema<LinkDocument>(
    {
      ...{ _id: text, companyId: text, language: text, redirectUrl: text },
      owner: { type: mongoose.Schema.Types.Mixed, required: true },
      place: { type: mongoose.Schema.Types.Mixed, required: true },
      verifier: { type: Buffer, required: true },
      expiresAt: { type: Date, required: true },
      usedAt: { type: Date, default: null },
    } as mongoose.SchemaDefinition<LinkDocument>, // mongoose cannot tell that these are checked on the way out
    { collection: 'mailbox_links', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ expiresAt: 1 });
  return connection.model<LinkDocument>('MailboxLink', schema);
}
