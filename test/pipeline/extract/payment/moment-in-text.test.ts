import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationDateIn, operationTimeIn } from '../../../../src/pipeline/extract/payment/moment-in-text.ts';

const today = '2026-06-21';
const dateIn = (text: string) => operationDateIn(text, today)?.value;

test('dates are read day first, with blanks, two-digit years and names of months', () => {
  for (const text of [
    '03/05/2026',
    '03/05/ 2026',
    '03-05-2026',
    '03/05/26',
    '3 de mayo de 2026',
    '03 may. 2026',
    '03/may/2026',
  ]) {
    assert.equal(dateIn(text), '2026-05-03', text);
  }
});

test('a payment that is still to come, or years old, is doubted', () => {
  assert.ok((operationDateIn('03/07/2026', today)?.certainty ?? 1) < 0.8);
  assert.ok((operationDateIn('03/05/2020', today)?.certainty ?? 1) < 0.8);
  assert.ok((operationDateIn('21/06/2026', today)?.certainty ?? 0) > 0.9);
});

test('a day that does not exist is no date', () => {
  assert.equal(dateIn('32/05/2026'), undefined);
});

test('the afternoon is told by pm; without it a morning hour is doubted', () => {
  assert.equal(operationTimeIn('03/05/26 07:00 pm')?.value, '19:00');
  assert.equal(operationTimeIn('14:22:10 h')?.value, '14:22:10');
  assert.ok((operationTimeIn('07:00')?.certainty ?? 1) < 0.9);
});
