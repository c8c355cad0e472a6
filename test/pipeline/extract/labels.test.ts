import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { labelRows } from '../../../src/pipeline/extract/labels.ts';
import { layoutOf } from '../../../src/pipeline/extract/layout.ts';
import { readingFromText } from '../../../src/pipeline/extract/reading-from-text.ts';
import { loadUnderstandingData, type UnderstandingData } from '../../support/understanding.ts';

let data: UnderstandingData;
before(async () => {
  data = await loadUnderstandingData();
});

function moneyRoles(text: string): string[] {
  const [row] = labelRows(layoutOf(readingFromText(text)), data.rules);
  return row?.labels.money.map((hit) => hit.role) ?? [];
}

test('the longest label takes its place', () => {
  assert.deepEqual(moneyRoles('SUBTOTAL 5.00'), ['subtotal']);
  assert.deepEqual(moneyRoles('TOTAL QTY 5'), ['other']);
  assert.deepEqual(moneyRoles('TOTAL (EXCLUDING GST): 8.29'), ['subtotal']);
});

test('short labels are whole words only', () => {
  assert.deepEqual(moneyRoles('CALLE PRIVADA 5'), []);
  assert.deepEqual(moneyRoles('PAYASO 5.00'), []);
  assert.deepEqual(moneyRoles('IVA 5.00'), ['tax']);
});

test('several labels in one row are told apart from left to right', () => {
  assert.deepEqual(moneyRoles('ITEM: 2 Total with GST @ 6% 12.00'), ['total']);
  assert.deepEqual(moneyRoles('SUBTOTAL 5.00 IVA 0.80'), ['subtotal', 'tax']);
});

test('labels are found through OCR noise', () => {
  assert.deepEqual(moneyRoles('Tota1 A Pagar 5.00'), ['total']);
  assert.deepEqual(moneyRoles('CAHBIO 60.00'), ['change']);
});
