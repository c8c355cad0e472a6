import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aForm, anApi, post } from '../support/api.ts';
import { anArrival, aPicture } from '../support/builders.ts';

test('a ticket is answered as a result with its history', async (t) => {
  const { api, intake } = await anApi(t);
  const ticket = await intake(anArrival({ fileName: 'recibo.png' }));

  const response = await api.inject(`/api/tickets/${ticket.id}`);

  const { stage, file, history, fields, error } = response.json();
  assert.equal(response.statusCode, 200);
  assert.deepEqual(
    { stage, file, fields, error },
    { stage: 'UPLOADED', file: 'recibo.png', fields: {}, error: undefined },
  );
  assert.deepEqual(history, [{ stage: 'UPLOADED', at: ticket.createdAt.toISOString(), reason: null }]);
});

test('why a ticket failed is told in the reader’s language and without the operator’s words', async (t) => {
  const { api, intake, tickets } = await anApi(t);
  const ticket = await intake(anArrival());
  const at = await tickets.load(ticket.id);
  assert.ok(at);
  await tickets.move(at, 'FAILED', { error: { code: 'encrypted-pdf', message: 'worker 3: password needed' } });

  const response = await api.inject({ url: `/api/tickets/${ticket.id}?lang=en` });

  assert.equal(response.json().error.code, 'encrypted-pdf');
  assert.match(response.json().error.message, /password/i);
  assert.doesNotMatch(response.body, /worker 3/);
});

test('a ticket of another company, an unknown one and a wrong id are not found or not understood', async (t) => {
  const { api, intake } = await anApi(t);
  const foreign = await intake(anArrival({ companyId: 'other' }));

  const statuses = await Promise.all(
    [`/api/tickets/${foreign.id}`, `/api/tickets/${foreign.id}/file`, '/api/tickets/nobody', '/api/tickets/$where'].map(
      async (url) => (await api.inject(url)).statusCode,
    ),
  );

  assert.deepEqual(statuses, [404, 404, 404, 400]);
});

test('the file comes back as it was, and a browser cannot take it for anything else', async (t) => {
  const { api, intake } = await anApi(t);
  const bytes = aPicture();
  const ticket = await intake(anArrival({ bytes, fileName: 'reçibo "1".png' }));

  const { headers, rawPayload } = await api.inject(`/api/tickets/${ticket.id}/file`);

  assert.deepEqual(rawPayload, Buffer.from(bytes));
  assert.equal(headers['content-type'], 'image/png');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match(String(headers['content-security-policy']), /sandbox/);
  assert.match(String(headers['content-disposition']), /^inline; filename="re_ibo _1_\.png"/);
});

test('the latest tickets come newest first and never more than asked for', async (t) => {
  const { api, clock } = await anApi(t);
  for (const name of ['a.png', 'b.png', 'c.png']) {
    clock.advance(1_000);
    await post(api, '/api/upload', aForm([{ name, bytes: aPicture() }]));
  }

  const response = await api.inject('/api/tickets?limit=2');

  assert.deepEqual(
    response.json().tickets.map(({ file }: { file: string }) => file),
    ['c.png', 'b.png'],
  );
});

test('a limit that is no number from 1 to 200 is refused by name', async (t) => {
  const { api } = await anApi(t);

  for (const limit of ['0', '201', 'all', '-1', '1e9']) {
    const response = await api.inject(`/api/tickets?limit=${limit}`);
    assert.equal(response.statusCode, 400, limit);
    assert.deepEqual(response.json().error.fields, ['limit']);
  }
});

test('a duplicate shows what was read on the first', async (t) => {
  const { api, intake, tickets } = await anApi(t);
  const bytes = aPicture();
  const first = await intake(anArrival({ bytes }));
  const at = await tickets.load(first.id);
  const reading = at && (await tickets.move(at, 'OCR_PROCESSING'));
  const fields = { total: { value: '12.50', confidence: 0.95, box: null, source: 'ocr/label' } };
  assert.ok(reading && (await tickets.move(reading, 'HUMAN_REVIEW', { kind: 'receipt', fields })));
  const copy = await intake(anArrival({ bytes }));

  const response = await api.inject(`/api/tickets/${copy.id}`);

  const { stage, duplicateOf, fields: shown } = response.json();
  assert.deepEqual([stage, duplicateOf, shown.total.value], ['DUPLICATE', first.id, '12.50']);
});
