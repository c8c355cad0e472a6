import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import mongoose, { type Connection } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import { linkCodeLifetimeMs, makeLinkCode } from '../domain/link-code.ts';
import type { Identity, PersonRole } from '../domain/person.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';
import { identityKey } from './people.ts';

/** What a code lets its user become: a new person of the company, or one more way to reach a person who is there. */
export interface LinkGrant {
  companyId: string;
  roles: PersonRole[];
  personId: string | null;
}

/** One-time codes. Kept as hashes only; the code itself is known to whoever was given it. */
export interface LinkCodes {
  make(grant: LinkGrant): Promise<{ code: string; expiresAt: Date }>;
  /** Uses the code up for this identity; null when it is unknown, expired or somebody else's. The same identity may repeat it. */
  claim(code: string, identity: Identity): Promise<LinkGrant | null>;
  /** The same for somebody who is in the company already: only its codes for people, none of other companies, is used up. */
  claimForMember(code: string, identity: Identity, companyId: string): Promise<LinkGrant | null>;
  forgetBefore(at: Date): Promise<void>;
}

interface LinkCodeDocument extends LinkGrant {
  _id: string;
  expiresAt: Date;
  usedBy: string | null;
}

export async function createLinkCodes(connection: Connection, clock: Clock): Promise<LinkCodes> {
  const model = linkCodeModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);

  async function claim(code: string, identity: Identity, only: Partial<LinkGrant> = {}): Promise<LinkGrant | null> {
    const key = identityKey(identity);
    const usable = { ...only, _id: await hashOf(code), expiresAt: { $gt: clock.now() }, usedBy: { $in: [null, key] } };
    const claimed = () => model.findOneAndUpdate(usable, { $set: { usedBy: key } }).lean<LinkCodeDocument>();
    const found = await withDatabaseRetry(claimed);
    return found && { companyId: found.companyId, roles: found.roles, personId: found.personId };
  }

  return {
    make: async (grant) => {
      const code = makeLinkCode();
      const expiresAt = new Date(clock.now().getTime() + linkCodeLifetimeMs);
      const _id = await hashOf(code);
      // An upsert, so that a repeated attempt finds the first one's work done.
      const change = { $setOnInsert: { ...grant, expiresAt, usedBy: null } };
      await withDatabaseRetry(() => model.updateOne({ _id }, change, { upsert: true }));
      return { code, expiresAt };
    },
    claim: (code, identity) => claim(code, identity),
    claimForMember: (code, identity, companyId) => claim(code, identity, { companyId, personId: null }),
    forgetBefore: async (at) => {
      await withDatabaseRetry(() => model.deleteMany({ expiresAt: { $lt: at } }));
    },
  };
}

const scryptOf = promisify<string, string, number, Buffer>(scrypt);

/** Slow on purpose (tens of ms): a code is short, so a fast hash of it could be tried out by whoever reads the database. */
async function hashOf(code: string): Promise<string> {
  return (await scryptOf(code, 'recibot link code', 32)).toString('hex');
}

function linkCodeModel(connection: Connection) {
  const schema = new mongoose.Schema<LinkCodeDocument>(
    {
      _id: { type: String, required: true },
      companyId: { type: String, required: true },
      roles: { type: [String], required: true },
      personId: { type: String, default: null },
      expiresAt: { type: Date, required: true },
      usedBy: { type: String, default: null },
    },
    { collection: 'link_codes', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ expiresAt: 1 });
  return connection.model<LinkCodeDocument>('LinkCode', schema);
}
