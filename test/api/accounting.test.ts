import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adminKey, anApi } from '../support/api.ts';

const at = new Date('2026-01-15T12:00:00Z');

async function withPurchase(t: Parameters<typeof anApi>[0]) {
  const { api, bookings } = await anApi(t);
  await bookings.register({
    id: 'acme:1',
    ...{ companyId: 'acme', ticketId: 't1', file: { sha256: 'x', name: 'a.xml', mime: 'application/xml' } },
    bill: {
      ...{ kind: 'bill', source: 'xml', supplier: { taxId: 'AAA010101AAA', name: '=Café' }, number: 'A1', uuid: null },
      ...{ issuedOn: '2026-01-10', currency: 'MXN', exchangeRate: null, subtotal: '100', tax: '16', total: '116' },
      ...{ paymentMethod: null, lines: [] },
    },
    ...{ target: 'ledger', status: 'BOOKED', category: null, categorySource: null, billId: 'acme:1', isAttached: true },
    ...{ tries: 0, nextAt: null, lastError: null, history: [], createdAt: at, updatedAt: at, bookedAt: at },
  });
  return { api };
}

test('purchases of a period come as JSON and as a file in which no name runs as a formula', async (t) => {
  const { api } = await withPurchase(t);
  const url = '/api/accounting/purchases?from=2026-01-01&to=2026-01-31';

  const json = (await api.inject(url)).json();
  const csv = await api.inject(`${url}&format=csv`);
  const empty = (await api.inject('/api/accounting/purchases?from=2026-02-01&to=2026-02-28')).json();

  assert.deepEqual(
    json.purchases.map(({ total, supplier }: { total: string; supplier: { taxId: string } }) => [
      total,
      supplier.taxId,
    ]),
    [['116', 'AAA010101AAA']],
  );
  assert.match(csv.body, /2026-01-10,'=Café,AAA010101AAA,A1,.*116\.00,MXN/);
  assert.match(String(csv.headers['content-disposition']), /compras-2026-01-01-2026-01-31\.csv/);
  assert.deepEqual(empty.purchases, []);
});

test('a person puts a purchase under another account, only one that there is', async (t) => {
  const { api } = await withPurchase(t);
  const url = '/api/accounting/purchases/acme:1/category';

  const right = await api.inject({ method: 'POST', url, payload: { categoryId: 'alimentos' } });
  const wrong = await api.inject({ method: 'POST', url, payload: { categoryId: 'nada' } });

  assert.deepEqual([right.json().category.id, right.json().categorySource], ['alimentos', 'person']);
  assert.equal(wrong.statusCode, 404);
});

test('a webhook without its secret is refused, and jobs want the key of the administrator', async (t) => {
  const { api } = await anApi(t);

  const hook = await api.inject({ method: 'POST', url: '/api/accounting/alegra/acme/guess', payload: {} });
  const closed = await api.inject('/api/jobs');
  const open = await api.inject({ url: '/api/jobs', headers: { 'x-api-key': adminKey } });
  const unknown = await api.inject({ method: 'POST', url: '/api/jobs/coffee/run', headers: { 'x-api-key': adminKey } });

  assert.deepEqual([hook.statusCode, closed.statusCode, open.statusCode, unknown.statusCode], [403, 403, 200, 404]);
});
