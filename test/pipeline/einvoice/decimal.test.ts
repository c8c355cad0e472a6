import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalIn, fromMicros, sumOf, toMicros } from '../../../src/pipeline/einvoice/decimal.ts';

test('amounts keep what they say and have two decimals at least', () => {
  const shown = ['0', '1.5', '1234.50', '0.005', '-2.10', '100', '99999999999999999999.01'].map((text) =>
    fromMicros(toMicros(text) ?? -1n),
  );

  assert.deepEqual(shown, ['0.00', '1.50', '1234.50', '0.005', '-2.10', '100.00', '99999999999999999999.01']);
});

test('what is written carelessly is brought to form, what is no amount is none', () => {
  assert.deepEqual([' 1. ', '.5', '+3', '-.5'].map(decimalIn), ['1', '0.5', '3', '-0.5']);
  assert.deepEqual(['', '1e3', '1,000.00', 'mil', '0x1', null].map(decimalIn), [null, null, null, null, null, null]);
});

test('sums are exact, and of nothing there is none', () => {
  assert.equal(sumOf(['0.1', '0.2', null]), 300_000n);
  assert.equal(sumOf([null]), null);
});

test('every amount survives the way there and back', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      (micros) => toMicros(fromMicros(micros)) === micros,
    ),
  );
});
