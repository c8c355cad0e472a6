import assert from 'node:assert/strict';
import { before, type TestContext, test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { createIntelligenceClient } from '../../src/intelligence/client.ts';
import { createRemoteRecogniser } from '../../src/intelligence/remote-recogniser.ts';
import { createIntelligence, type IntelligenceDeps } from '../../src/intelligence/server.ts';
import { describeFailure } from '../../src/notifier/describe.ts';
import { Refusal } from '../../src/pipeline/read/outside/recogniser.ts';
import { loadUnderstanding, type Understanding } from '../../src/pipeline/understanding.ts';
import { aForm } from '../support/api.ts';
import { aPicture, aReading } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { manualClock } from '../support/manual-clock.ts';
import { quiet } from '../support/store.ts';

let understanding: Understanding;
before(async () => {
  understanding = await loadUnderstanding(new URL('../../config', import.meta.url).pathname);
});

const apiKey = 'the key of the service';
const rows = ['OXXO', 'RFC CCO8605231N4', 'FECHA 01/02/2026', 'TOTAL $ 25.00'];
const picture = Buffer.from(aPicture('x')).toString('base64');

/** A service whose reader waits for `finish`, when asked to. */
async function aService(
  t: TestContext,
  { holds = false, ...changes }: Partial<IntelligenceDeps> & { holds?: boolean } = {},
) {
  const waiting: (() => void)[] = [];
  const aborted: unknown[] = [];
  const read = async ({ signal }: { signal?: AbortSignal }): Promise<Reading> => {
    if (!holds) return aReading(...rows);
    await new Promise<void>((resolve, reject) => {
      waiting.push(resolve);
      signal?.addEventListener('abort', () => {
        aborted.push(signal.reason);
        reject(signal.reason);
      });
    });
    return aReading(...rows);
  };
  const app = await createIntelligence({
    ...{ reader: { read }, understanding, apiKey, workers: 1, profile: 'balanced', language: 'es' },
    ...{ describeFailure, clock: manualClock('2026-02-15T12:00:00Z'), log: quiet },
    ...changes,
  });
  t.after(() => app.close());
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const post = (path: string, body: object, key = apiKey) =>
    app.inject({ method: 'POST', url: path, payload: body, headers: { 'x-api-key': key } });
  return { app, address, post, waiting, aborted };
}

test('a document in base64 comes back as text, merchant and fields, with places', async (t) => {
  const { post } = await aService(t);

  const answer = await post('/ocr/process', { ticket_id: 'abc', file_name: 'ticket.png', file_content_b64: picture });

  assert.equal(answer.statusCode, 200);
  const { ticket_id, mime, text, merchant, fields, reading } = answer.json();
  assert.deepEqual([ticket_id, mime, text], ['abc', 'image/png', rows.join('\n')]);
  assert.equal(merchant.id, 'oxxo');
  assert.equal(fields.total.value, '25.00');
  assert.equal(reading.pages[0].lines.length, rows.length);
});

test('the same document as a multipart form comes back alike', async (t) => {
  const { app } = await aService(t);
  const form = aForm([{ name: 'ticket.png', bytes: aPicture('x'), field: 'file' }], { ticket_id: 'abc' });

  const answer = await app.inject({
    ...{ method: 'POST', url: '/ocr/process', payload: form.payload },
    headers: { ...form.headers, 'x-api-key': apiKey },
  });

  assert.equal(answer.statusCode, 200);
  assert.equal(answer.json().ticket_id, 'abc');
  assert.equal(answer.json().file_name, 'ticket.png');
});

test('a wrong key, what is no document, and what is none in base64 are refused by name', async (t) => {
  const { app, post } = await aService(t);
  const said = async (body: object, key?: string) => {
    const answer = await post('/ocr/process', body, key);
    return [answer.statusCode, answer.json().error?.code];
  };

  assert.deepEqual(await said({ file_content_b64: picture }, 'another key'), [403, 'forbidden']);
  assert.deepEqual(await said({ file_content_b64: 'aG9sYQ==' }), [415, 'unsupported-type']);
  assert.deepEqual(await said({ file_content_b64: 'ñ ñ' }), [400, 'invalid-request']);
  assert.deepEqual(await said({}), [400, 'invalid-request']);
  assert.equal((await app.inject('/health')).statusCode, 200);
});

test('a service that is full says so at once, with when to come again, and takes the next one when a place is free', async (t) => {
  const { address, waiting } = await aService(t, { holds: true });
  const send = () =>
    fetch(`${address}/ocr/process`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
      body: JSON.stringify({ file_content_b64: picture }),
    });
  const inHand = [send(), send()];
  await eventually(() => waiting.length, 2);

  const third = await send();
  for (const finish of waiting) finish();
  const statuses = (await Promise.all(inHand)).map(({ status }) => status);

  assert.equal(third.status, 503);
  assert.equal(third.headers.get('retry-after'), '5');
  assert.deepEqual(statuses, [200, 200]);
  const next = send();
  await eventually(() => waiting.length, 3);
  waiting.at(-1)?.();
  assert.equal((await next).status, 200);
});

test('a client that goes away frees its place and its reading', async (t) => {
  const { app, address, waiting, aborted } = await aService(t, { holds: true });
  const leaving = new AbortController();
  const gone = fetch(`${address}/ocr/process`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
    body: JSON.stringify({ file_content_b64: picture }),
    signal: leaving.signal,
  }).catch(() => 'gone');
  await eventually(() => waiting.length, 1);

  leaving.abort();

  assert.equal(await gone, 'gone');
  await eventually(() => aborted.length, 1);
  await eventually(async () => (await app.inject('/health')).json().in_use, 0);
});

test('the next shop is foretold from a history', async (t) => {
  const { post } = await aService(t);
  const visits = (merchant: string, days: number[]) =>
    days.map((day) => ({ merchant, at: `2026-01-${String(day).padStart(2, '0')}T10:00:00` }));

  const answer = await post('/predict/next-shop', {
    user_context: { current_time: '2026-02-01T09:00:00', is_weekend: true },
    purchase_history_summary: [
      ...visits('Café', [5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 26, 27, 28, 29, 30]),
      ...visits('Cine', [17]),
    ],
  });

  assert.equal(answer.statusCode, 200);
  const { predictions, purchases_used } = answer.json();
  assert.equal(predictions[0].merchant, 'Café');
  assert.equal(purchases_used, 16);
  assert.equal(
    (await post('/predict/next-shop', { purchase_history_summary: [{ merchant: '', at: 'ayer' }] })).statusCode,
    400,
  );
});

test('the client gets text and predictions, and a document that is refused is a refusal', async (t) => {
  const { address } = await aService(t);
  const client = createIntelligenceClient({ url: address, apiKey });
  t.after(() => client.close());

  assert.equal((await client.process({ file_content_b64: picture })).text, rows.join('\n'));
  assert.equal((await client.predictNextShop({ purchase_history_summary: [] })).new_merchant_probability, 1);
  await assert.rejects(client.process({ file_content_b64: 'aG9sYQ==' }), Refusal);
});

test('the client comes again twice when the service is full, then says that it is', async (t) => {
  let asked = 0;
  const { address } = await aService(t, {
    reader: {
      read: async () => {
        asked += 1;
        if (asked < 3) throw new Failure('reader-unavailable', 'retry', 'full');
        return aReading(...rows);
      },
    },
  });
  const client = createIntelligenceClient({ url: address, apiKey });
  const impatient = createIntelligenceClient({ url: address, apiKey, retries: 0 });
  t.after(() => Promise.all([client.close(), impatient.close()]));

  const { text } = await client.process({ file_content_b64: picture });
  assert.equal(text, rows.join('\n'));
  assert.equal(asked, 3);
  asked = 0;
  await assert.rejects(impatient.process({ file_content_b64: picture }), { code: 'provider-unavailable' });
});

test('the client waits no longer than it may, and ends when its caller does', async (t) => {
  const { address, aborted } = await aService(t, { holds: true });
  const client = createIntelligenceClient({ url: address, apiKey, timeoutMs: 200 });
  const patient = createIntelligenceClient({ url: address, apiKey });
  t.after(() => Promise.all([client.close(), patient.close()]));
  const calling = new AbortController();

  await assert.rejects(client.process({ file_content_b64: picture }), { code: 'provider-unavailable' });
  const call = patient.process({ file_content_b64: picture }, calling.signal);
  calling.abort(new Error('not wanted any more'));

  await assert.rejects(call, /not wanted any more/);
  await eventually(() => aborted.length >= 1, true);
});

test('as a recogniser its lines come in the pixels of the page that was sent', async (t) => {
  const { address } = await aService(t);
  const client = createIntelligenceClient({ url: address, apiKey });
  t.after(() => client.close());
  const page = { number: 3, jpeg: aPicture('x'), width: 800, height: 2 * rows.length * 20 };

  const { signal } = new AbortController();
  const [read] = await createRemoteRecogniser(client).read(
    { bytes: page.jpeg, mime: 'image/jpeg', profile: 'balanced', pages: [page] },
    signal,
  );

  assert.equal(read?.number, 3);
  assert.deepEqual(read?.lines[1]?.quad[0], [0, 40]);
  assert.equal(read?.lines[0]?.text, 'OXXO');
});
