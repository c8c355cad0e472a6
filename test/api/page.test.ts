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

test('a page built anew under the running service is served with its new assets', async (t) => {
  const pageDir = await aDataDir(t);
  await writeFile(join(pageDir, 'index.html'), 'old');
  const { api } = await anApi(t, { pageDir });
  await api.inject('/');

  await writeFile(join(pageDir, 'index.html'), 'new');
  await writeFile(join(pageDir, 'app-2.js'), 'console.log(2)');

  assert.equal((await api.inject('/')).body, 'new');
  assert.equal((await api.inject('/app-2.js')).statusCode, 200);
});

test('the page’s folder is all that is served, and what is not there is told as elsewhere', async (t) => {
  const pageDir = await aDataDir(t);
  await writeFile(join(pageDir, 'index.html'), 'page');
  const { api } = await anApi(t, { pageDir });

  for (const url of ['/../package.json', '/%2e%2e/package.json', '/..%2f..%2fetc/passwd', '/nothing.js']) {
    const response = await api.inject(url);
    assert.ok([403, 404].includes(response.statusCode), `${url}: ${response.statusCode}`);
    assert.doesNotMatch(response.body, /"name"|root:/);
  }
  assert.equal((await api.inject('/nothing.js')).json().error.code, 'not-found');
});
