import assert from 'node:assert/strict';
import { test } from 'node:test';
import { billBody, taxOf } from '../../src/accounting/alegra/bill-body.ts';
import { suggestCategory } from '../../src/accounting/suggest-category.ts';
import type { Bill } from '../../src/domain/booking.ts';
import type { Booking } from '../../src/store/bookings.ts';

const line = {
  description: 'Café',
  quantity: '2',
  unitPrice: '50.00',
  amount: '100.00',
  productCode: '50202306',
  sku: 'CAF-1',
};

function aBill(changes: Partial<Bill> = {}): Bill {
  return {
    ...{ kind: 'bill', source: 'xml', supplier: { taxId: 'AAA010101AAA', name: 'Café' }, number: 'A17', uuid: 'U' },
    ...{
      issuedOn: '2026-01-10',
      currency: 'MXN',
      exchangeRate: '1',
      subtotal: '100.00',
      tax: '16.00',
      total: '116.00',
    },
    ...{ paymentMethod: null, lines: [line], ...changes },
  };
}

function aBooking(bill: Bill): Booking {
  const at = new Date('2026-01-15T12:00:00Z');
  return {
    ...{
      id: 'acme:U',
      companyId: 'acme',
      ticketId: 't',
      file: { sha256: 'x', name: 'a.xml', mime: 'application/xml' },
      bill,
    },
    ...{ target: 'alegra', status: 'PENDING', category: null, categorySource: null, billId: null, isAttached: false },
    ...{ tries: 0, nextAt: at, lastError: null, history: [], createdAt: at, updatedAt: at, bookedAt: null },
  };
}

const taxes = [
  { id: '1', percentage: '0.00' },
  { id: '3', percentage: '16.00' },
];
const refs = { providerId: '7', categoryId: '22', taxes, items: new Map<string, string>() };

test('a tax is named only where its rate gives the stated tax to the cent', () => {
  assert.equal(taxOf(aBill(), taxes)?.id, '3');
  assert.equal(taxOf(aBill({ tax: '16.01', total: '116.01' }), taxes)?.id, '3');
  assert.equal(taxOf(aBill({ tax: '13.00', total: '113.00' }), taxes), null);
  assert.equal(taxOf(aBill({ tax: null, total: '100.00' }), taxes)?.id, '1');
});

test('a bill of several rates is one line with its total, so that Alegra computes nothing else', () => {
  const body = billBody(aBooking(aBill({ tax: '13.00', total: '113.00' })), refs);

  assert.deepEqual(body.purchases, { categories: [{ id: '22', price: 113, quantity: 1, observations: 'Café' }] });
});

test('lines of items that Alegra knows stay lines, when they add up', () => {
  const items = new Map([['CAF-1', '5']]);

  const known = billBody(aBooking(aBill()), { ...refs, items });
  const off = billBody(aBooking(aBill({ lines: [{ ...line, amount: '99.00' }] })), { ...refs, items });

  assert.deepEqual(known.purchases, {
    items: [{ id: '5', price: 50, quantity: 2, observations: 'Café', tax: [{ id: '3' }] }],
  });
  assert.ok('categories' in Object(off.purchases));
});

test('money of another country goes with its rate', () => {
  const body = billBody(aBooking(aBill({ currency: 'USD', exchangeRate: '18.5' })), refs);

  assert.deepEqual(body.currency, { code: 'USD', exchangeRate: 18.5 });
});

const fuel = { id: '21', name: 'Combustibles' };
const food = { id: '22', name: 'Alimentos' };
const others = { id: '29', name: 'Otros gastos' };

test('the category is the usual one of the supplier, then what its products say, then any', () => {
  const all = [fuel, food, others];

  assert.deepEqual(suggestCategory(aBill(), [fuel, food, fuel], all), { category: fuel, source: 'history' });
  assert.deepEqual(suggestCategory(aBill(), [], all), { category: food, source: 'product' });
  assert.deepEqual(suggestCategory(aBill({ lines: [] }), [], all), { category: others, source: 'default' });
  assert.deepEqual(suggestCategory(aBill(), [{ id: 'gone', name: 'X' }], [others]), {
    category: others,
    source: 'default',
  });
  assert.equal(suggestCategory(aBill(), [], []), null);
});
