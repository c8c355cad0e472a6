import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aForm, anApi, post } from '../support/api.ts';
import { aPicture } from '../support/builders.ts';

const apiKey = 'a-key-of-some-length';

function form() {
  return aForm([{ name: 'a.png', bytes: aPicture() }], { message: 'message-1' });
}

test('with a key configured the API wants it; health and the web chat do not', async (t) => {
  const { api } = await anApi(t, { config: { apiKey, allowedHosts: [] } });

  const without = await api.inject('/api/tickets');
  const wrong = await api.inject({ url: '/api/tickets', headers: { 'x-api-key': `${apiKey}!` } });
  const right = await api.inject({ url: '/api/tickets', headers: { 'x-api-key': apiKey } });
  const upload = await post(api, '/api/upload', form());
  const open = [await api.inject('/health'), await api.inject('/api/webchat/messages')];

  assert.deepEqual([without.statusCode, wrong.statusCode, right.statusCode, upload.statusCode], [403, 403, 200, 403]);
  assert.deepEqual(
    open.map(({ statusCode }) => statusCode),
    [200, 200],
  );
});

test('a post from another site is refused, whether it says so by Origin or by Sec-Fetch-Site', async (t) => {
  const { api, tickets } = await anApi(t);

  const responses = await Promise.all([
    post(api, '/api/upload', form(), { origin: 'https://evil.example' }),
    post(api, '/api/upload', form(), { origin: 'null' }),
    post(api, '/api/webchat/documents', form(), { 'sec-fetch-site': 'cross-site' }),
    post(api, '/api/webchat/documents', form(), { origin: 'http://localhost:9999', host: 'localhost:3000' }),
  ]);

  assert.deepEqual(
    responses.map(({ statusCode }) => statusCode),
    [403, 403, 403, 403],
  );
  assert.equal(responses[0]?.json().error.code, 'forbidden');
  assert.match(responses[0]?.json().error.message, /la petición viene de otra página/);
  assert.deepEqual(await tickets.latest('acme', { limit: 1 }), []);
});

test('our own page may post', async (t) => {
  const { api } = await anApi(t);
  const own = { origin: 'http://localhost:3000', host: 'localhost:3000', 'sec-fetch-site': 'same-origin' };

  const response = await post(api, '/api/webchat/documents', form(), own);

  assert.equal(response.statusCode, 202);
});

test('a name that merely resolves to this machine is refused, an address and an allowed name are not', async (t) => {
  const { api } = await anApi(t, { config: { allowedHosts: ['Recibot.example.com'] } });
  const hosts = [
    'rebound.evil.example:3000',
    'localhost.evil.example',
    'recibot.example.com',
    '127.0.0.1:3000',
    '[::1]:3000',
  ];

  const statuses = await Promise.all(
    hosts.map(async (host) => (await api.inject({ url: '/api/tickets', headers: { host } })).statusCode),
  );
  const health = await api.inject({ url: '/health', headers: { host: 'pod-17.cluster' } });

  assert.deepEqual(statuses, [403, 403, 200, 200, 200]);
  assert.equal(health.statusCode, 200);
});

test('an unknown name is answered with the setting that allows it, in both languages', async (t) => {
  const { api } = await anApi(t);
  const ask = (language: string) =>
    api.inject({ url: '/api/tickets', headers: { host: 'receipts.example.com', 'accept-language': language } });

  const [es, en] = [await ask('es'), await ask('en')];

  assert.deepEqual([es.statusCode, es.json().error.code], [403, 'unknown-host']);
  assert.match(es.json().error.message, /No conozco el nombre.*ALLOWED_HOSTS/);
  assert.match(en.json().error.message, /do not know the name.*ALLOWED_HOSTS/);
});

test('what nobody expected is a 500 in the user’s language with nothing of its cause', async (t) => {
  const { api } = await anApi(t, {
    tickets: {
      get: async () => null,
      latest: async () => {
        throw new TypeError('cannot read secret of undefined');
      },
    },
  });

  const response = await api.inject({ url: '/api/tickets', headers: { 'accept-language': 'en' } });

  assert.equal(response.statusCode, 500);
  assert.equal(response.json().error.code, 'internal');
  assert.doesNotMatch(response.body, /secret|TypeError|\.ts/);
});

test('an unknown route, a body that is no JSON and a method nobody serves get the same shape of error', async (t) => {
  const { api } = await anApi(t);

  const responses = [
    await api.inject('/api/nothing'),
    await api.inject({ method: 'DELETE', url: '/api/tickets' }),
    await api.inject({
      method: 'POST',
      url: '/api/upload',
      payload: '{',
      headers: { 'content-type': 'application/json' },
    }),
    await api.inject({ method: 'POST', url: '/api/upload', payload: 'x', headers: { 'content-type': 'text/xml' } }),
  ];

  assert.deepEqual(
    responses.map((response) => [response.statusCode, response.json().error.code]),
    [
      [404, 'not-found'],
      [404, 'not-found'],
      [400, 'invalid-request'],
      [415, 'unsupported-type'],
    ],
  );
  for (const response of responses) assert.equal(typeof response.json().error.message, 'string');
});
