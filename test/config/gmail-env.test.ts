import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../config/env.ts';

const client = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'secret' };

test('without an OAuth client there is no Gmail, and half of one is refused', () => {
  assert.equal(readConfig({}).gmail, null);
  assert.throws(() => readConfig({ GOOGLE_CLIENT_ID: 'id' }), /GOOGLE_CLIENT_SECRET/);
});

test('addresses may end with a slash or not', () => {
  const { gmail } = readConfig({
    ...client,
    GMAIL_ROOT_URL: 'http://127.0.0.1:1/',
    GOOGLE_OAUTH_ROOT_URL: 'http://127.0.0.1:2/',
  });

  assert.deepEqual(
    [gmail?.rootUrl, gmail?.oauthRootUrl, gmail?.topic],
    ['http://127.0.0.1:1', 'http://127.0.0.1:2', null],
  );
  assert.equal(readConfig(client).gmail?.rootUrl, 'https://gmail.googleapis.com');
});

test('people are sent back to PUBLIC_URL, whose name is known then, or to HOST and PORT', () => {
  const open = { API_KEY: 'k'.repeat(16) };

  assert.equal(readConfig({}).publicUrl, 'http://127.0.0.1:3000');
  assert.equal(readConfig({ ...open, HOST: '0.0.0.0', PORT: '80' }).publicUrl, 'http://localhost:80');
  assert.equal(readConfig({ HOST: '::1' }).publicUrl, 'http://[::1]:3000');
  const config = readConfig({ PUBLIC_URL: 'https://recibot.example.com/' });
  assert.equal(config.publicUrl, 'https://recibot.example.com');
  assert.ok(config.http.allowedHosts.includes('recibot.example.com'));
});
