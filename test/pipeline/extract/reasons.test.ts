import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Classification, Fields } from '../../../src/domain/document.ts';
import { reasonsFor } from '../../../src/pipeline/extract/reasons.ts';

const value = (confidence: number) => ({ value: 'x', confidence, box: null, source: 'ocr/label' });
const merchant = { id: null, name: 'LA ESQUINA', taxId: null, confidence: 0.9, method: 'header' };
const receipt: Classification = { kind: 'receipt', kindConfidence: 0.9, merchant, candidates: [] };
const sure: Fields = { merchant: value(0.9), date: value(0.9), total: value(0.9) };

test('a shop outside of the catalogue needs nobody when its name is surely read', () => {
  assert.deepEqual(reasonsFor(receipt, sure), []);
});

test('a shop whose name is doubtful is unknown; one of the catalogue is doubtful', () => {
  const known = { ...receipt, merchant: { ...merchant, id: 'oxxo' } };

  assert.deepEqual(reasonsFor(receipt, { ...sure, merchant: value(0.6) }), ['unknown_merchant']);
  assert.deepEqual(reasonsFor(known, { ...sure, merchant: value(0.6) }), ['doubtful:merchant']);
});

test('a receipt without a date or total, or with a doubtful one, needs a person', () => {
  const { date: _, ...undated } = sure;

  assert.deepEqual(reasonsFor(receipt, undated), ['missing:date']);
  assert.deepEqual(reasonsFor(receipt, { ...sure, total: value(0.79) }), ['doubtful:total']);
});

test('a doubtful tax id needs a person; none at all does not', () => {
  assert.deepEqual(reasonsFor(receipt, { ...sure, taxId: value(0.5) }), ['doubtful:taxId']);
});

test('what is no receipt says so', () => {
  assert.deepEqual(reasonsFor({ ...receipt, kind: 'other' }, sure), ['not_a_receipt']);
});
