import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findSpacedAmount } from '../../../src/pipeline/extract/amount.ts';
import { loadUnderstandingData, type UnderstandingData } from '../../support/understanding.ts';

let data: UnderstandingData;
before(async () => {
  data = await loadUnderstandingData();
});

const total = (...rows: string[]) => data.understand(['TIENDA EJEMPLO SA DE CV', ...rows].join('\n')).value('total');

test('blanks between decimals are certainly noise, those among whole digits perhaps', () => {
  assert.deepEqual([findSpacedAmount('10 0.9 0')?.token.minor, findSpacedAmount('10 0.9 0')?.isSure], [10_090, true]);
  assert.deepEqual([findSpacedAmount('80 0,54')?.token.minor, findSpacedAmount('80 0,54')?.isSure], [80_054, false]);
  assert.equal(findSpacedAmount('CASH 12.50'), null);
  assert.equal(findSpacedAmount('12.50'), null);
});

test('the row of a tax table is not the total, its sum is', () => {
  assert.equal(total('TOTAL (€) 63,40', 'TARJETA BANCARIA 63,40', 'BASE CUOTA', 'TOTAL 58,26 5,14'), '63.40');
});

test('a label in brackets only explains the one before it', () => {
  assert.equal(
    total('TOTAL 16.31', 'ROUNDING ADJ: -0.01', 'BALANCE DUE: 16.30', 'PAYMENT (CASH): 17.00', 'CHANGE (CASH): 0.70'),
    '16.30',
  );
});

test('of two totals that differ by the rounding the second was paid', () => {
  assert.equal(total('TOTAL 16.31', 'ROUNDING ADJ 0.01', 'TOTAL 16.30'), '16.30');
});

test('change in brackets of its way of paying still tells what was paid', () => {
  assert.equal(total('T###L 16.30', 'EFECTIVO 17.00', 'VUELTO (EFECTIVO): 0.70'), '16.30');
});

test('net and tax at a usual rate make the total, whatever their labels', () => {
  assert.equal(total('Total', 'IVA', 'Pago', '900.00', '80.00', '500.00', '580.00'), '580.00');
});

test('the amount below a label counts more than a larger one elsewhere', () => {
  assert.equal(total('PAN 99.00', 'TOTAL M.N.', '31.50', 'GRACIAS'), '31.50');
});

test('a card payment confirms the total after a discount', () => {
  assert.equal(total('TOTAL 30.39', 'BONO 3.15', 'TARJETA BANCARIA 27.24', 'TOTAL A PAGAR 27.24'), '27.24');
});

test('less than one unit is hardly a total', () => {
  assert.equal(total('TOTAL 0.58', 'VISA 27.24'), '27.24');
});

test('items that add up confirm the total', () => {
  const { confidence } = data.understand('TIENDA EJEMPLO SA DE CV\nPAN 10.00\nLECHE 25.50\nTOTAL 35.50');
  const { confidence: without } = data.understand('TIENDA EJEMPLO SA DE CV\nPAN 10.00\nLECHE 24.50\nTOTAL 35.50');

  assert.ok(confidence('total') > without('total'));
});
