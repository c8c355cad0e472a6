import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createGmailApi } from '../../../../src/channels/gmail/google/gmail-api.ts';
import { realClock } from '../../../support/real-clock.ts';

async function anApi(t: TestContext, listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const limits = { callMs: 300, mailMs: 300, answerBytes: 100_000 };
  return createGmailApi(
    { rootUrl: `http://127.0.0.1:${port}` },
    realClock,
    limits,
  )('token', new AbortController().signal);
}

test('a Google that never answers, or never ends its answer, is given up in time', async (t) => {
  const silent = await anApi(t, () => undefined);
  const endless = await anApi(t, (_request, response) => void response.writeHead(200).write('{"labels":'));

  await assert.rejects(silent.labels(), { name: 'GoogleError', status: 0 });
  await assert.rejects(endless.labels(), { name: 'GoogleError', status: 0 });
});

test('an answer larger than any mail is cut off, whatever its header says', async (t) => {
  const api = await anApi(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    for (let part = 0; part < 20; part += 1) response.write('x'.repeat(10_000));
  });

  await assert.rejects(api.raw('m1'), { name: 'GoogleError', status: 413 });
});

test('a redirect is not followed: the token goes to nobody else', async (t) => {
  const asked: (string | undefined)[] = [];
  const api = await anApi(t, ({ url }, response) => {
    asked.push(url);
    if (url === '/elsewhere') response.writeHead(200, { 'content-type': 'application/json' }).end('{"labels":[]}');
    else response.writeHead(302, { location: '/elsewhere' }).end();
  });

  await assert.rejects(api.labels(), { name: 'GoogleError', status: 0 });

  assert.deepEqual(asked, ['/gmail/v1/users/me/labels']);
});

test('an answer that makes no sense counts as none', async (t) => {
  const page = await anApi(
    t,
    (_request, response) => void response.writeHead(200).end('<html>Sign in to the Wi-Fi</html>'),
  );
  const number = await anApi(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"historyId": 12345678901234567890123}');
  });

  await assert.rejects(page.labels(), { name: 'GoogleError', status: 0 });
  await assert.rejects(number.history('1'), { name: 'GoogleError', status: 0 });
});

test('nothing is repeated by Google’s client itself', async (t) => {
  let asked = 0;
  const api = await anApi(t, (_request, response) => {
    asked += 1;
    response.writeHead(503).end();
  });

  await assert.rejects(api.labels(), { name: 'GoogleError', status: 503 });

  assert.equal(asked, 1);
});
