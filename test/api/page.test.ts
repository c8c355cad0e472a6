import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { anApi } from '../support/api.ts';
import { aDataDir } from '../support/store.ts';

test('the page carries a nonce of its own each time, which its content policy names', async (t) => {
  const pageDir = await aDataDir(t);
  await mkdir(join(pageDir, 'assets'));
  await writeFile(join(pageDir, 'index.html'), '<meta name="csp-nonce" content="__NONCE__">');
  await writeFile(join(pageDir, 'assets/app-1a2b.js'), 'console.log(1)');
  const { api } = await anApi(t, { pageDir });

  const [first, second] = [await api.inject('/'), await api.inject('/')];
  const asset = await api.inject('/assets/app-1a2b.js');

  const nonce = /content="([^"]+)"/.exec(first.body)?.[1] ?? '';
  const policy = String(first.headers['content-security-policy']);
  assert.notEqual(first.body, second.body);
  assert.ok(policy.includes(`'nonce-${nonce}'`));
  assert.match(policy, /script-src 'self';/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.match(String(asset.headers['cache-control']), /immutable/);
  assert.equal(asset.headers['x-content-type-options'], 'nosniff');
});
