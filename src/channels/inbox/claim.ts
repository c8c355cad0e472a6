import { access, rename, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { InboxFolders } from './folders.ts';

/** File systems take 255 bytes; the rest is for a number and for `.json.part`. */
const maxNameBytes = 200;
const maxExtensionLength = 20;

/**
 * Moves a file of the inbox to `processing` and returns the name it has from then on, which no other folder holds: a scanner
 * calls each page `scan.pdf`, and the second must not replace the first. Null for what is no file, or there no more because a person or
 * another process took it.
 */
export async function claim(folders: InboxFolders, name: string): Promise<string | null> {
  const path = join(folders.inbox, name);
  try {
    if (!(await stat(path)).isFile()) return null;
    const held = await freeName(folders, name);
    await rename(path, join(folders.processing, held));
    return held;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** `scan.pdf`, else `scan (2).pdf`, `scan (3).pdf`, … */
async function freeName({ processing, processed, errors, results }: InboxFolders, name: string): Promise<string> {
  const { stem, extension } = shortened(name);
  for (let number = 1; ; number += 1) {
    const candidate = `${stem}${number === 1 ? '' : ` (${number})`}${extension}`;
    const taken = [processing, processed, errors].map((folder) => join(folder, candidate));
    if (!(await isAnyThere([...taken, join(results, `${candidate}.json`)]))) return candidate;
  }
}

function shortened(name: string): { stem: string; extension: string } {
  const { name: stem, ext } = parse(name);
  const extension = ext.slice(0, maxExtensionLength);
  const bytes = Buffer.from(stem).subarray(0, maxNameBytes - Buffer.byteLength(extension));
  // A letter that the cut went through.
  return { stem: bytes.toString('utf8').replace(/\uFFFD+$/, ''), extension };
}

async function isAnyThere(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
