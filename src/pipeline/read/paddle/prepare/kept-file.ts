import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const sealBytes = 32;

/** A digest for all that a result depends on. */
export function fingerprint(parts: readonly (string | Uint8Array)[]): string {
  const digests = parts.map((part) => createHash('sha256').update(part).digest('hex'));
  return createHash('sha256').update(digests.join()).digest('hex').slice(0, 16);
}

/**
 * What `make` gives, made once and kept in a file. The file begins with the sha256 of the rest, so that a damaged one is
 * noticed and made anew. Threads and processes may do so at once: each writes a file of its own and renames it. Where
 * nothing can be written, the result is made each time.
 */
export async function keptFile(path: string, make: () => Uint8Array): Promise<Uint8Array> {
  const kept = await readFile(path).catch(() => null);
  const content = kept?.subarray(sealBytes);
  if (kept && content && sealOf(content).equals(kept.subarray(0, sealBytes))) return content;
  const made = make();
  await keep(path, made).catch(() => undefined);
  return made;
}

async function keep(path: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, [sealOf(content), content], { flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function sealOf(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
