import type { Connection } from 'mongoose';
import { withDatabaseRetry } from '../database-retry.ts';
import type { Files } from '../files.ts';
import { type OwnPlaces, ownTraces } from './own-places.ts';

export interface UnusedFilesDeps {
  connection: Connection;
  files: Pick<Files, 'get' | 'put' | 'remove'>;
}

/** Files of replies that lie in the person's web chats. */
export async function attachedFiles(connection: Connection, places: OwnPlaces): Promise<string[]> {
  const messages = connection.collection<{ file?: { sha256: string } | null }>('chat_messages');
  const find = () => messages.find({ ...ownTraces(places), 'file.sha256': { $type: 'string' } }).toArray();
  return (await withDatabaseRetry(find)).flatMap(({ file }) => (file ? [file.sha256] : []));
}

/** Removes what no document and no message needs any more: others may have sent the same bytes. */
export async function removeUnused({ connection, files }: UnusedFilesDeps, hashes: Iterable<string>): Promise<void> {
  for (const sha256 of new Set(hashes)) {
    if (await isUsed(connection, sha256)) continue;
    const bytes = await files.get(sha256).catch(() => null);
    await files.remove(sha256);
    await forgetDerived(connection, sha256);
    // Somebody sent the same bytes at this very moment, and found them kept.
    if (bytes && (await isUsed(connection, sha256)))
      await files.put(bytes, { sha256, mime: 'application/octet-stream' });
  }
}

/** What was made of the file and is kept under its name. */
async function forgetDerived(connection: Connection, sha256: string): Promise<void> {
  for (const name of ['previews', 'recognitions']) {
    const made = connection.collection<{ _id: string }>(name);
    await withDatabaseRetry(() => made.deleteMany({ _id: { $regex: sha256 } }));
  }
}

async function isUsed(connection: Connection, sha256: string): Promise<boolean> {
  const uses = {
    $or: [{ 'file.sha256': sha256 }, { 'invoiceFiles.sha256': sha256 }, { 'evidence.pictureSha256': sha256 }],
  };
  for (const name of ['tickets', 'chat_messages', 'compliance', 'bookings', 'portal_runs']) {
    const found = await withDatabaseRetry(() => connection.collection(name).findOne(uses, { projection: { _id: 1 } }));
    if (found) return true;
  }
  return false;
}
