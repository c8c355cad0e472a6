import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anAccounting } from '../support/accounting.ts';
import { alegraAccount } from '../support/alegra-server.ts';
import { aCfdi } from '../support/e-invoices.ts';

const key = (name: string) => ({ companyId: 'acme', kind: 'contacts', key: name }) as const;

test('what was asked is remembered for its time, and a null as well', async (t) => {
  const { cached, clock } = await anAccounting(t);
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return { value: null, refs: [] };
  };

  await cached.get(key('a'), ask);
  clock.advance(3_599_000);
  await cached.get(key('a'), ask);
  clock.advance(2_000);
  await cached.get(key('a'), ask);

  assert.equal(asked, 2);
});

test('an id and a pattern make stale what came from them, in one company only, and are counted', async (t) => {
  const { cached } = await anAccounting(t);
  for (const name of ['tax:A', 'tax:B', 'name:C']) await cached.put(key(name), '1', [name === 'tax:A' ? '7' : '8']);
  await cached.put({ ...key('tax:A'), companyId: 'other' }, '1', ['7']);

  const byId = await cached.invalidateId('acme', 'contacts', '7');
  const byPattern = await cached.invalidatePattern('acme', 'contacts', '^tax:');

  assert.deepEqual([byId, byPattern], [1, 1]);
  assert.deepEqual([await cached.peek(key('tax:A')), await cached.peek(key('name:C'))], [null, '1']);
  assert.equal(await cached.peek({ ...key('tax:A'), companyId: 'other' }), '1');
  const { hits, misses, invalidations, errors, hit_rate, avg_ttl_seconds, kinds } = await cached.metrics();
  assert.deepEqual([hits, misses, invalidations, errors, hit_rate], [2, 1, 2, 0, 66.7]);
  assert.deepEqual([avg_ttl_seconds, kinds.contacts.entries], [3600, 2]);
});

test("a night's reading of contacts and items spares asking for each", async (t) => {
  const suppliers = Array.from({ length: 65 }, (_, place) => ({
    name: `P${place}`,
    identification: `AAA0101${10 + place}AA${place % 10}`,
  }));
  suppliers.push({ name: 'Café & Ñandú', identification: 'AAA010101AAA' });
  const { books, connections, alegra, invoiced } = await anAccounting(t, { suppliers });
  alegra.items.push({ id: '5', name: 'Café', reference: 'CAF-1' });
  const account = await connections.alegraOf('acme');

  const counts = [await account?.syncContacts(), await account?.syncItems()];
  const before = alegra.calls.length;
  await books.book(await invoiced(aCfdi()));

  assert.deepEqual(counts, [66, 1]);
  assert.deepEqual(alegra.calls.slice(before).sort(), [
    'GET /categories',
    'GET /taxes',
    'POST /bills',
    'POST /bills/1/attachment',
  ]);
});

test("Alegra's webhooks make stale what changed, and a bill put under another account teaches where the supplier's next goes", async (t) => {
  const { books, connections, alegra, invoiced, cached, onAlegraEvent } = await anAccounting(t);
  await books.book(await invoiced(aCfdi({ uuid: '5A1B2C3D-0000-4000-8000-000000000001' }), 'a.xml'));

  await onAlegraEvent('acme', { subject: 'edit-client', message: { client: { id: '1' } } });
  const moved = { id: '1', purchases: { categories: [{ id: 23, name: 'Útiles y papelería' }] } };
  await onAlegraEvent('acme', { subject: 'edit-bill', message: { bill: moved } });
  const next = await books.book(await invoiced(aCfdi({ uuid: '5A1B2C3D-0000-4000-8000-000000000002' }), 'b.xml'));

  assert.equal((await cached.metrics()).invalidations, 1);
  assert.deepEqual([next?.category?.id, next?.categorySource], ['23', 'history']);
  assert.equal(alegra.calls.filter((call) => call === 'GET /contacts').length, 2);
  assert.deepEqual([alegra.contacts.length, connections.calls().post], [1, 5]);
});

test('a company connects with its own account, which is kept sealed, and hears of changes at a secret address', async (t) => {
  const { connections, alegra, connection } = await anAccounting(t, {
    account: null,
    webhookUrl: 'http://127.0.0.1:9',
  });

  const name = await connections.connect('tienda', alegraAccount);

  assert.equal(name, 'Empresa de Prueba');
  assert.equal((await connections.of('tienda')).name, 'alegra');
  assert.equal((await connections.of('acme')).name, 'ledger');
  const secret = alegra.subscriptions[0]?.url.split('/').at(-1) ?? '';
  assert.deepEqual(
    [await connections.isTrusted('tienda', secret), await connections.isTrusted('tienda', 'x')],
    [true, false],
  );
  const kept = await connection.collection('credentials').find().toArray();
  assert.ok(kept.length === 2 && !JSON.stringify(kept).includes(alegraAccount.token));
  await assert.rejects(connections.connect('otra', { email: 'ana@example.com', token: 'no' }), {
    code: 'accounting-refused',
  });
  assert.equal((await connections.of('otra')).name, 'ledger');
});
