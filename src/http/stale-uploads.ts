import { readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders of requests in hand, in the system's temporary folder. */
export const uploadFolderPrefix = 'recibot-upload-';
/** No request takes as long: what is older is of a process that was killed. */
const staleAfterMs = 3_600_000;

/** Removes people's documents that a killed process left in the temporary folder. */
export async function removeStaleUploads(now: Date, folder = tmpdir()): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(uploadFolderPrefix));
  for (const path of names.map((name) => join(folder, name))) {
    const found = await stat(path).catch(() => null);
    if (found && now.getTime() - found.mtimeMs > staleAfterMs) await rm(path, { recursive: true, force: true });
  }
}
