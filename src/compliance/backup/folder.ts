import { randomBytes } from 'node:crypto';
import { mkdir, opendir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { BlobStore } from './blob-store.ts';

const draftEnding = '.draft';

/** Copies as files of a folder that only this user may read. A copy is either whole or not there. */
export function createFolderStore(dir: string): BlobStore {
  return {
    put: async (key, bytes) => {
      const path = join(dir, key);
      const draft = `${path}.${randomBytes(6).toString('hex')}${draftEnding}`;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(draft, bytes, { mode: 0o600 });
      await rename(draft, path);
    },
    get: async (key) => {
      try {
        return await readFile(join(dir, key));
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    list: () => keysIn(dir),
    remove: async (key) => {
      await rm(join(dir, key), { force: true });
    },
  };
}

async function* keysIn(dir: string): AsyncIterable<string> {
  try {
    for await (const entry of await opendir(dir, { recursive: true })) {
      const key = relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/');
      if (entry.isFile() && !key.endsWith(draftEnding)) yield key;
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
