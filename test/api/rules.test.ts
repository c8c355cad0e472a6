import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adminKey, anApi } from '../support/api.ts';
import { aPicture } from '../support/builders.ts';

const headers = { 'x-api-key': adminKey };

test('rules are read, put in force and taken away again with the admin key only', async (t) => {
  const { api } = await anApi(t);
  const shipped = (await api.inject({ url: '/api/rules', headers })).json();
  const own = { ...shipped.rules, payment: [{ value: 'voucher', texts: ['VALES DE DESPENSA'] }] };

  const put = await api.inject({ method: 'PUT', url: '/api/rules', headers, payload: own });
  const reset = await api.inject({ method: 'DELETE', url: '/api/rules', headers });

  assert.equal(shipped.origin, 'shipped');
  assert.ok(shipped.rules.labels.length > 5);
  assert.equal(put.json().origin, 'own');
  assert.deepEqual(put.json().rules.payment, own.payment);
  assert.equal(reset.json().origin, 'shipped');
  for (const method of ['GET', 'PUT', 'DELETE'] as const) {
    assert.equal((await api.inject({ method, url: '/api/rules', payload: own })).statusCode, 403, method);
  }
});

test('wrong rules are refused with the places that are wrong, and leave what was in force', async (t) => {
  const { api } = await anApi(t);
  const { rules } = (await api.inject({ url: '/api/rules', headers })).json();
  const wrong = { ...rules, labels: [{ role: 'grand', weight: 1, texts: ['X'] }] };

  const put = await api.inject({ method: 'PUT', url: '/api/rules', headers, payload: wrong });
  const check = await api.inject({ method: 'POST', url: '/api/rules/check', headers, payload: wrong });
  const fine = await api.inject({ method: 'POST', url: '/api/rules/check', headers, payload: rules });

  assert.equal(put.statusCode, 400);
  assert.deepEqual(put.json().error.fields, ['labels.0.role']);
  assert.equal(check.json().isValid, false);
  assert.equal(check.json().problems[0].path, 'labels.0.role');
  assert.deepEqual(fine.json(), { isValid: true, problems: [] });
  assert.equal((await api.inject({ url: '/api/rules', headers })).json().origin, 'shipped');
});

test('lessons are listed and undone one by one', async (t) => {
  const { api, lessons } = await anApi(t);
  const about = { companyId: 'acme', personId: 'ana', taxId: null, permit: null, fingerprint: 'CAFESUR' };
  await lessons.teach({ ...about, ticketId: 't-1', merchant: { id: null, name: 'Cafe Sur' } });
  const list = async () => (await api.inject({ url: '/api/lessons', headers })).json().lessons;

  const [lesson] = await list();
  const undone = await api.inject({ method: 'DELETE', url: '/api/lessons/t-1', headers });
  const again = await api.inject({ method: 'DELETE', url: '/api/lessons/t-1', headers });

  assert.deepEqual([lesson.ticketId, lesson.merchant.name, lesson.taughtBy], ['t-1', 'Cafe Sur', 'ana']);
  assert.equal('fingerprint' in lesson, false);
  assert.deepEqual([undone.statusCode, again.statusCode], [204, 404]);
  assert.deepEqual(await list(), []);
  assert.equal((await api.inject('/api/lessons')).statusCode, 403);
});

test('the next shop is foretold from the receipts of the company', async (t) => {
  const { api, intake, tickets } = await anApi(t);
  const read = (value: string) => ({ value, confidence: 1, box: null, source: 'ocr/label' });
  for (const day of ['05', '08', '11', '14']) {
    const source = { channel: 'upload', account: 'api', chat: 'api', message: day, attachment: 0 };
    const taken = await intake({ companyId: 'acme', source, fileName: 'r.png', bytes: aPicture(day), language: 'es' });
    const at = await tickets.load(taken.id);
    assert.ok(at);
    const moved = await tickets.move(at, 'OCR_PROCESSING');
    assert.ok(moved);
    const understood = await tickets.move(moved, 'HUMAN_REVIEW', {
      ...{ kind: 'receipt', fields: { merchant: read('Café Sur'), date: read(`2026-01-${day}`) } },
    });
    assert.ok(understood);
  }

  const answer = await api.inject('/api/next-shop');

  const { predictions, purchases_used } = answer.json();
  assert.equal(purchases_used, 4);
  assert.equal(predictions[0].merchant, 'Café Sur');
  assert.match(predictions[0].expected_at, /^2026-01-1[678]/);
});
