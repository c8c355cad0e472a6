import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fields, FieldValue } from '../../../src/domain/document.ts';
import type { Reading } from '../../../src/domain/reading.ts';
import { asRead, fieldAt, probability } from '../../../src/pipeline/extract/choice.ts';
import { layoutOf } from '../../../src/pipeline/extract/layout.ts';
import { withCommonFields } from '../../../src/pipeline/extract/payment-common.ts';
import { readingFromText } from '../../../src/pipeline/extract/reading-from-text.ts';

function rowRead(text: string, confidence: number) {
  const reading: Reading = readingFromText(text);
  const pages = reading.pages.map((page) => ({ ...page, lines: page.lines.map((line) => ({ ...line, confidence })) }));
  const [row] = layoutOf({ ...reading, pages }).rows;
  assert.ok(row);
  return row;
}

const aField = (value: string): FieldValue => ({ value, confidence: 0.9, box: null, source: 'test' });

test('a probability is never quite 0 or 1', () => {
  assert.equal(probability(0), 0.5);
  assert.equal(probability(50), 0.995);
  assert.equal(probability(-50), 0.01);
});

test('what the reader doubted is doubted, what it read well is not', () => {
  assert.equal(asRead(rowRead('FOLIO 123', 0.99), 6, 9, 0.8), 0.8);
  assert.ok(asRead(rowRead('FOLIO 123', 0.6), 6, 9, 0.8) < 0.8);
});

test('confidence is given to a thousandth, with the place', () => {
  const field = fieldAt(rowRead('FOLIO 123', 1), 6, 9, { value: '123', confidence: 0.87654, source: 'x' });

  assert.equal(field.confidence, 0.877);
  assert.equal(field.box?.x, 60);
});

test('what a payment proof says itself wins over the reading as a receipt', () => {
  const receipt: Fields = { total: aField('9.99'), date: aField('2026-01-01'), merchant: aField('BDV') };

  const { fields } = withCommonFields({ fields: { monto: aField('10.00') }, reasons: [] }, receipt);

  assert.equal(fields.total?.value, '10.00');
  assert.equal(fields.date?.value, '2026-01-01');
  assert.equal(fields.merchant?.value, 'BDV');
  assert.equal(fields.monto?.value, '10.00');
});
