import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromExact, toExact } from '../../src/domain/amount.ts';

test('amounts are added exactly where floats would not be', () => {
  const sum = ['0.10', '0.20', '999999999999.99'].reduce((total, value) => total + (toExact(value) ?? 0n), 0n);

  assert.equal(fromExact(sum), '1000000000000.29');
});

test('what is no amount in its stable form is none', () => {
  for (const text of ['', '1,234.50', '$5', '1e3', '.5', '5.', 'NaN', '9'.repeat(16), '1.23456']) {
    assert.equal(toExact(text), null, text);
  }
});

test('an amount survives there and back, with at least two decimals', () => {
  assert.equal(fromExact(toExact('-5') ?? 0n), '-5.00');
  assert.equal(fromExact(toExact('1.005') ?? 0n), '1.005');
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (exact) => {
      assert.equal(toExact(fromExact(exact)), exact);
    }),
  );
});
