import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const keyBytes = 32;

/**
 * The key `name` of this installation, base64url of 32 random bytes: made at the first call and kept in `DATA_DIR/keys`, readable by
 * this user only. Processes that begin at once get the same one, and a process killed half-way leaves none.
 */
export async function keptKey(dataDir: string, name: string): Promise<string> {
  const dir = join(dataDir, 'keys');
  const path = join(dir, name);
  const known = await readKey(path);
  if (known !== null) return known;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(keyBytes).toString('base64url')}\n`, { mode: 0o600, flush: true });
  // A link never replaces: whoever comes first wins, and the others read it.
  await link(draft, path).catch(ignoreExisting);
  await unlink(draft);
  return keptKey(dataDir, name);
}

async function readKey(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}
