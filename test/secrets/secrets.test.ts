import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { keptKey } from '../../src/secrets/kept-key.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';

const key = Buffer.alloc(32, 7).toString('base64url');

test('what was sealed opens with the same key and context only, and never looks the same twice', () => {
  const secrets = createSecrets(key);

  const sealed = secrets.seal('1//refresh-token', 'gmail:ana');

  assert.equal(secrets.open(sealed, 'gmail:ana').toString(), '1//refresh-token');
  assert.notDeepEqual(sealed, secrets.seal('1//refresh-token', 'gmail:ana'));
  assert.equal(sealed.includes('refresh'), false);
  const unreadable = { code: 'secret-unreadable' };
  assert.throws(() => secrets.open(sealed, 'gmail:eva'), unreadable);
  assert.throws(() => createSecrets(Buffer.alloc(32, 8).toString('base64url')).open(sealed, 'gmail:ana'), unreadable);
});

test('one changed bit anywhere is refused', () => {
  const secrets = createSecrets(key);
  const sealed = secrets.seal('x', 'c');

  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.throws(() => secrets.open(changed, 'c'), { code: 'secret-unreadable' }, `byte ${at}`);
  }
  assert.throws(() => secrets.open(new Uint8Array(0), 'c'), { code: 'secret-unreadable' });
});

test('many that need the key at once get the same one, which only this user may read', async (t) => {
  const dataDir = await aFolder(t);

  const keys = await Promise.all(Array.from({ length: 20 }, () => keptKey(dataDir, 'secrets')));

  assert.equal(new Set(keys).size, 1);
  assert.equal(Buffer.from(keys[0] ?? '', 'base64url').length, 32);
  assert.deepEqual(await readdir(join(dataDir, 'keys')), ['secrets']);
  assert.equal((await stat(join(dataDir, 'keys/secrets'))).mode & 0o777, 0o600);
  assert.notEqual(await keptKey(dataDir, 'admin-api-key'), keys[0]);
});

async function aFolder(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'recibot-keys-'));
  t.after(() => rm(dir, { recursive: true }));
  return dir;
}
