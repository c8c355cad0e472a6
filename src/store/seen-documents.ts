import mongoose, { type Connection } from 'mongoose';
import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import { withDatabaseRetry } from './database-retry.ts';
import { isDuplicateKey } from './duplicate-key.ts';

/** What a document is known again by; the pipeline decides which of one key are the same. */
export const SeenDocument = z.object({
  ticketId: z.string(),
  merchant: z.string().nullable(),
  folio: z.string().nullable(),
  picture: z.string().nullable(),
});
export type SeenDocument = z.infer<typeof SeenDocument>;

interface KeyDocument {
  /** `company key`. */
  _id: string;
  members: SeenDocument[];
  updatedAt: Date;
}

/** Documents of one key that are remembered, the latest: a vending machine sells one thing all day. */
const maxMembers = 100;

/** Which documents came before which, by a key that equal ones share. */
export interface SeenDocuments {
  /** Adds the document unless it is there, and gives those of its key that came before it, in order. Safe when two come at once: one of them sees the other. */
  before(companyId: string, key: string, document: SeenDocument): Promise<SeenDocument[]>;
}

export function createSeenDocuments(connection: Connection, clock: Clock): SeenDocuments {
  const schema = new mongoose.Schema<KeyDocument>(
    {
      _id: { type: String, required: true },
      members: { type: mongoose.Schema.Types.Mixed, default: [] },
      updatedAt: { type: Date, required: true },
    },
    { collection: 'seen_documents', versionKey: false, autoIndex: false, strict: 'throw' },
  );
  const model = connection.model<KeyDocument>('SeenDocument', schema);

  /** An upsert that finds the key with this document in it tries to insert the key again, and is refused: it is there. */
  async function add(id: string, document: SeenDocument): Promise<void> {
    const change = {
      $push: { members: { $each: [document], $slice: -maxMembers } },
      $set: { updatedAt: clock.now() },
    };
    try {
      await model.updateOne({ _id: id, 'members.ticketId': { $ne: document.ticketId } }, change, { upsert: true });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Two may have made the key at once: then it is there now, and this one is still to be added.
      await model.updateOne({ _id: id, 'members.ticketId': { $ne: document.ticketId } }, change);
    }
  }

  return {
    before: (companyId, key, document) =>
      withDatabaseRetry(async () => {
        const id = `${companyId} ${key}`.slice(0, 400);
        await add(id, document);
        const found = await model.findById(id).lean<KeyDocument>();
        const members = SeenDocument.array().parse(found?.members ?? []);
        return members.slice(
          0,
          Math.max(
            0,
            members.findIndex(({ ticketId }) => ticketId === document.ticketId),
          ),
        );
      }),
  };
}
