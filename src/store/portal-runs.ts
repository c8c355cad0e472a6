import mongoose, { type Connection, type Model } from 'mongoose';
import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import { PortalOutcome } from '../domain/portal.ts';
import { withDatabaseRetry } from './database-retry.ts';
import { isDuplicateKey } from './duplicate-key.ts';

/** What a portal showed at one step; the picture is in the file store. */
const KeptEvidence = z.object({
  at: z.date(),
  step: z.string(),
  url: z.string(),
  pictureSha256: z.string(),
  text: z.string(),
});
export type KeptEvidence = z.infer<typeof KeptEvidence>;

/** A ticket's way through a portal. It is one document, so that two workers cannot submit the same ticket. */
export const PortalRun = z.object({
  ticketId: z.string(),
  companyId: z.string(),
  recipeId: z.string(),
  /** `submitting` is written before the click: whoever finds it asks the portal first. */
  state: z.enum(['new', 'submitting', 'done']),
  /** How often the click was about to be made. */
  submissions: z.int(),
  /** Values that a person typed for the portal, by the recipe's names. */
  given: z.record(z.string(), z.string()),
  outcome: PortalOutcome.nullable(),
  words: z.string().nullable(),
  evidence: z.array(KeptEvidence),
  /** Who works on it, until when. */
  owner: z.string().nullable(),
  heldUntil: z.date().nullable(),
  updatedAt: z.date(),
});
export type PortalRun = z.infer<typeof PortalRun>;

/** Evidence of this many steps is kept, the newest. */
const maxEvidence = 60;

type RunKey = Pick<PortalRun, 'ticketId' | 'companyId' | 'recipeId'>;

export interface PortalRuns {
  of(ticketId: string): Promise<PortalRun | null>;
  /** Takes the run, making it if need be, for `holdMs`; null while another owner holds it. */
  take(
    run: Pick<PortalRun, 'ticketId' | 'companyId' | 'recipeId'>,
    owner: string,
    holdMs: number,
  ): Promise<PortalRun | null>;
  /** Writes down that the click comes next; false when the run is not this owner's any more, or is past that point. */
  beginSubmit(ticketId: string, owner: string): Promise<boolean>;
  /** The portal says that the submit never arrived: it may be made again. */
  reopen(ticketId: string, owner: string): Promise<void>;
  addEvidence(ticketId: string, evidence: KeptEvidence): Promise<void>;
  /** Keeps a value that a person typed, making the run if need be. */
  give(run: RunKey, name: string, value: string): Promise<void>;
  /** Ends the owner's turn. */
  release(ticketId: string, owner: string, end: Partial<Pick<PortalRun, 'state' | 'outcome' | 'words'>>): Promise<void>;
}

type PortalRunDocument = Omit<PortalRun, 'ticketId'> & { _id: string };

/** All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export function createPortalRuns(connection: Connection, clock: Clock): PortalRuns {
  const model = portalRunModel(connection);

  async function change(filter: Record<string, unknown>, update: Record<string, unknown>): Promise<PortalRun | null> {
    const options = { returnDocument: 'after' } as const;
    const found = await withDatabaseRetry(() =>
      model.findOneAndUpdate(filter, update, options).lean<PortalRunDocument>(),
    );
    return found && toRun(found);
  }

  async function make(run: Pick<PortalRun, 'ticketId' | 'companyId' | 'recipeId'>): Promise<void> {
    const { ticketId, ...rest } = run;
    const empty = { state: 'new' as const, submissions: 0, given: {}, outcome: null, words: null, evidence: [] };
    const document = { _id: ticketId, ...rest, ...empty, owner: null, heldUntil: null, updatedAt: clock.now() };
    await withDatabaseRetry(() => model.create(document)).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  }

  return {
    of: async (ticketId) => {
      const found = await withDatabaseRetry(() => model.findById(ticketId).lean<PortalRunDocument>());
      return found && toRun(found);
    },
    take: async (run, owner, holdMs) => {
      await make(run);
      const now = clock.now();
      const isFree = { $or: [{ heldUntil: null }, { heldUntil: { $lte: now } }, { owner }] };
      const heldUntil = new Date(now.getTime() + holdMs);
      return change({ _id: run.ticketId, ...isFree }, { $set: { owner, heldUntil, updatedAt: now } });
    },
    beginSubmit: async (ticketId, owner) => {
      const set = { state: 'submitting', updatedAt: clock.now() };
      const moved = await change({ _id: ticketId, owner, state: 'new' }, { $set: set, $inc: { submissions: 1 } });
      return moved !== null;
    },
    reopen: async (ticketId, owner) => {
      await change({ _id: ticketId, owner, state: 'submitting' }, { $set: { state: 'new', updatedAt: clock.now() } });
    },
    addEvidence: async (ticketId, evidence) => {
      await change({ _id: ticketId }, { $push: { evidence: { $each: [evidence], $slice: -maxEvidence } } });
    },
    give: async (run, name, value) => {
      await make(run);
      await change({ _id: run.ticketId }, { $set: { [`given.${name}`]: value, updatedAt: clock.now() } });
    },
    release: async (ticketId, owner, end) => {
      const set = { ...end, owner: null, heldUntil: null, updatedAt: clock.now() };
      await change({ _id: ticketId, owner }, { $set: set });
    },
  };
}

function toRun({ _id, ...rest }: PortalRunDocument): PortalRun {
  return PortalRun.parse({ ticketId: _id, ...rest });
}

function portalRunModel(connection: Connection): Model<PortalRunDocument> {
  const { Mixed } = mongoose.Schema.Types;
  const schema = new mongoose.Schema<PortalRunDocument>(
    {
      _id: { type: String, required: true },
      companyId: { type: String, required: true },
      recipeId: { type: String, required: true },
      state: { type: String, required: true },
      submissions: { type: Number, required: true },
      given: { type: Mixed, default: {} },
      outcome: { type: String, default: null },
      words: { type: String, default: null },
      evidence: { type: Mixed, default: [] },
      owner: { type: String, default: null },
      heldUntil: { type: Date, default: null },
      updatedAt: { type: Date, required: true },
    },
    { collection: 'portal_runs', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  return connection.model<PortalRunDocument>('PortalRun', schema);
}
