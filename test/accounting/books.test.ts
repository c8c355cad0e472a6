import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anAccounting } from '../support/accounting.ts';
import { aCfdi, aUblInvoice } from '../support/e-invoices.ts';

const minuteMs = 60_000;

function callsTo(calls: readonly string[], what: string): number {
  return calls.filter((call) => call === what).length;
}

test('an e-invoice becomes a bill with its supplier, account, tax and file, and Alegra gives the same total', async (t) => {
  const { books, alegra, invoiced } = await anAccounting(t);

  const booking = await books.book(await invoiced(aCfdi()));

  assert.deepEqual(alegra.problems, []);
  assert.equal(booking?.status, 'BOOKED');
  const [bill] = alegra.bills;
  assert.deepEqual([bill?.date, bill?.total, bill?.billNumber], ['2027-01-15', 116, 'A17']);
  assert.deepEqual(bill?.purchases, {
    categories: [{ id: '22', price: 100, quantity: 1, observations: 'Café', tax: [{ id: '3' }] }],
  });
  assert.deepEqual(
    alegra.contacts.map(({ name, identification, type }) => [name, identification, type]),
    [['Café & Ñandú', 'AAA010101AAA', ['provider']]],
  );
  assert.deepEqual(alegra.attachments, [{ bill: '1', name: 'factura.xml' }]);
});

test('the same invoice is booked once, however often and from however many files it comes', async (t) => {
  const { books, alegra, invoiced } = await anAccounting(t);
  const first = await invoiced(aCfdi());
  const again = await invoiced(aCfdi({ addenda: '<cfdi:Addenda><x/></cfdi:Addenda>' }), 'b.xml');

  await Promise.all([books.book(first), books.book(first), books.book(again)]);

  assert.equal(alegra.bills.length, 1);
});

test('a supplier is looked for by tax id, found however it is written, and remembered', async (t) => {
  const suppliers = [{ name: 'La Panadería', identification: '800.197.268' }];
  const { books, alegra, invoiced } = await anAccounting(t, { suppliers });
  alegra.contacts[0] = { ...alegra.contacts[0], identification: '800197268' };

  for (const number of ['1', '2', '3']) {
    const xml = aUblInvoice().replace('abc123', number.repeat(96));
    await books.book(await invoiced(xml, `${number}.xml`));
  }

  assert.equal(alegra.contacts.length, 1);
  assert.equal(alegra.bills.length, 3);
  assert.equal(callsTo(alegra.calls, 'GET /contacts'), 1);
  assert.equal(callsTo(alegra.calls, 'GET /categories'), 1);
});

test('an answer that got lost after the bill was made makes no second one', async (t) => {
  const { books, alegra, invoiced, sweep, clock } = await anAccounting(t);
  await books.book(await invoiced(aCfdi({ uuid: '5A1B2C3D-0000-4000-8000-000000000001' }), 'first.xml'));
  alegra.fail('after-writing');

  const lost = await books.book(await invoiced(aCfdi(), 'second.xml'));
  alegra.fail('none');
  clock.advance(minuteMs);
  await sweep();

  assert.equal(lost?.status, 'SUBMITTING');
  assert.equal(alegra.bills.length, 2);
  assert.deepEqual(alegra.attachments.at(-1), { bill: '2', name: 'second.xml' });
});

test('an Alegra that is down keeps nobody waiting: the bill follows after 1, 5 and 15 minutes', async (t) => {
  const { books, alegra, invoiced, sweep, clock, bookings } = await anAccounting(t);
  alegra.fail('bad-gateway');
  const ticket = await invoiced(aCfdi());
  await books.book(ticket);
  const waits = [];

  for (const minutes of [1, 5, 15]) {
    const booking = await bookings.ofTicket('acme', ticket.id);
    waits.push(((booking?.nextAt?.getTime() ?? 0) - clock.now().getTime()) / minuteMs);
    if (minutes === 15) alegra.fail('none');
    clock.advance(minutes * minuteMs);
    await sweep();
  }

  assert.deepEqual(waits, [1, 5, 15]);
  assert.equal((await bookings.ofTicket('acme', ticket.id))?.status, 'BOOKED');
  assert.equal(alegra.bills.length, 1);
});

test('a wrong token is told to whoever runs Recibot, and is not tried again by itself', async (t) => {
  const account = { email: 'ana@example.com', token: 'wrong' };
  const { books, alegra, invoiced, sweep, clock, refused } = await anAccounting(t, { account });

  const booking = await books.book(await invoiced(aCfdi()));
  clock.advance(24 * 60 * minuteMs);
  const swept = await sweep();

  assert.deepEqual([booking?.status, swept], ['FAILED', 0]);
  assert.match(refused[0] ?? '', /401.*No autorizado/);
  assert.equal(alegra.bills.length, 0);
});

test('calls keep within the limit that the headers tell', async (t) => {
  const { books, alegra, invoiced } = await anAccounting(t, { limit: 4 });

  for (const number of [1, 2, 3]) {
    const uuid = `5A1B2C3D-0000-4000-8000-00000000000${number}`;
    await books.book(await invoiced(aCfdi({ uuid }), `${number}.xml`));
  }

  assert.equal(alegra.bills.length, 3);
  assert.equal(alegra.attachments.length, 3);
});

test('a receipt is booked by what was read of it, with its merchant as supplier', async (t) => {
  const { books, alegra, receipt } = await anAccounting(t);
  const merchant = { id: 'pemex', name: 'Gasolinera Uno', taxId: null, confidence: 1, method: 'pattern' };

  const booking = await books.book(await receipt({ date: '2026-01-10', total: '500.00', folio: '77' }, { merchant }));

  assert.deepEqual(alegra.problems, []);
  assert.deepEqual([booking?.category?.name, booking?.categorySource], ['Combustibles y lubricantes', 'product']);
  assert.deepEqual([alegra.bills[0]?.total, alegra.contacts[0]?.name], [500, 'Gasolinera Uno']);
});

test('what is no purchase is not booked: no total, a payment proof, a receipt of payment, an invoice of our own', async (t) => {
  const { books, invoiced, receipt } = await anAccounting(t);
  const payment = await invoiced(aCfdi());

  assert.equal(await books.book(await receipt({ date: '2026-01-10' })), null);
  assert.equal(await books.book(await receipt({ date: '2026-01-10', total: '5.00' }, { kind: 'payment_proof' })), null);
  const invoice = payment.invoice && { ...payment.invoice, type: 'P' };
  assert.equal(await books.book({ ...payment, invoice }), null);
});

test('without Alegra everything goes into the local ledger, and so does a credit note', async (t) => {
  const { books, alegra, invoiced, bookings } = await anAccounting(t, { account: null });
  const note = await invoiced(aUblInvoice({ root: 'CreditNote' }), 'nota.xml');

  await books.book(await invoiced(aCfdi()));
  await books.book(note);

  const entries = await bookings.inPeriod({ companyId: 'acme', from: '2027-01-01', to: '2027-01-31' }, 10);
  assert.deepEqual(entries.map(({ bill, target, status }) => [bill.kind, bill.total, target, status]).sort(), [
    ['bill', '116.00', 'ledger', 'BOOKED'],
    ['credit-note', '1190.00', 'ledger', 'BOOKED'],
  ]);
  assert.deepEqual(alegra.calls, []);
});

test('a supplier that somebody removed in Alegra is made anew', async (t) => {
  const { books, alegra, invoiced, sweep, clock } = await anAccounting(t);
  await books.book(await invoiced(aCfdi({ uuid: '5A1B2C3D-0000-4000-8000-000000000001' }), 'a.xml'));
  alegra.contacts[0] = { ...alegra.contacts[0], id: 'gone', identification: 'OTHER' };

  await books.book(await invoiced(aCfdi({ uuid: '5A1B2C3D-0000-4000-8000-000000000002' }), 'b.xml'));
  clock.advance(minuteMs);
  await sweep();

  assert.deepEqual(
    alegra.bills.map(({ provider }) => provider),
    [{ id: '1' }, { id: '2' }],
  );
});
