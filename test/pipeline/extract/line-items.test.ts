import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findAmounts } from '../../../src/pipeline/extract/amount.ts';
import { quantityIn } from '../../../src/pipeline/extract/quantity.ts';
import { loadUnderstandingData, type UnderstandingData } from '../../support/understanding.ts';

let data: UnderstandingData;
before(async () => {
  data = await loadUnderstandingData();
});

function itemsOf(...rows: string[]) {
  const { items } = data.understand(['TIENDA EJEMPLO SA DE CV', 'RFC XAXX010101000', ...rows].join('\n')).extraction;
  const short = items?.lines.map(({ description, quantity, unitPrice, amount }) => [
    description,
    quantity,
    unitPrice,
    amount,
  ]);
  return { short, addsUp: items?.addsUp };
}

test('each row above the total is a thing bought, and together they make the total', () => {
  const { short, addsUp } = itemsOf('LECHE ENTERA 1L 28.50', 'PAN INTEGRAL 45.00', 'TOTAL 73.50');

  assert.deepEqual(short, [
    ['LECHE ENTERA 1L', null, null, '28.50'],
    ['PAN INTEGRAL', null, null, '45.00'],
  ]);
  assert.equal(addsUp, true);
});

test('count and price are those whose product is the amount', () => {
  const { short } = itemsOf('REFRESCO 600 ML 3 15.50 46.50', 'MANZANA 0.485 KG x 40.00 19.40', 'TOTAL 65.90');

  assert.deepEqual(short, [
    ['REFRESCO 600 ML', '3', '15.50', '46.50'],
    ['MANZANA', '0.485', '40.00', '19.40'],
  ]);
});

test('a count that begins the row is no part of the name', () => {
  const { short } = itemsOf('2 TACOS AL PASTOR 50.00', '1 AGUA 20.00', 'TOTAL 70.00');

  assert.deepEqual(
    short?.map(([name, count]) => [name, count]),
    [
      ['TACOS AL PASTOR', '2'],
      ['AGUA', '1'],
    ],
  );
});

test('a row of numbers belongs to the name above it', () => {
  const { short } = itemsOf('CAFE MOLIDO 250 G', '2 x 89.00 178.00', 'TOTAL 178.00');

  assert.deepEqual(short, [['CAFE MOLIDO 250 G', '2', '89.00', '178.00']]);
});

test('taxes, payments and change are nothing bought', () => {
  const { short } = itemsOf(
    ...['CUADERNO 116.00', 'SUBTOTAL 100.00', 'IVA 16% 16.00', 'TOTAL 116.00', 'EFECTIVO 200.00', 'CAMBIO 84.00'],
  );

  assert.deepEqual(
    short?.map(([name]) => name),
    ['CUADERNO'],
  );
});

test('things that do not make the total are told so', () => {
  assert.equal(itemsOf('LECHE 28.50', 'PAN 45.00', 'TOTAL 100.00').addsUp, false);
});

test('a document without priced rows has no items', () => {
  assert.equal(itemsOf('FECHA 01/02/2025', 'TOTAL 100.00').short, undefined);
});

test('a count is only believed with its price, or where it begins the row before a word', () => {
  const countIn = (text: string) => {
    const amounts = findAmounts(text);
    const amount = amounts.at(-1);
    return amount ? (quantityIn(text, amount, amounts.slice(0, -1))?.count ?? null) : null;
  };

  assert.equal(countIn('COCA COLA 600 17.00'), null);
  assert.equal(countIn('4 PZ PILAS AA 60.00'), '4');
  assert.equal(countIn('7501055300075 GALLETAS 17.00'), null);
  assert.equal(countIn('GALLETAS 2 8.50 17.00'), '2');
});
