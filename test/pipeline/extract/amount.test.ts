import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findAmounts, formatAmount, parseAmount } from '../../../src/pipeline/extract/amount.ts';

const minors = (text: string) => findAmounts(text).map((token) => token.minor);

test('thousands and decimals are told apart by the last separator', () => {
  assert.deepEqual(parseAmount('1,234.56'), { minor: 123_456, form: 'decimal' });
  assert.deepEqual(parseAmount('1.234,56'), { minor: 123_456, form: 'decimal' });
  assert.deepEqual(parseAmount('12.345'), { minor: 1_234_500, form: 'thousands' });
  assert.deepEqual(parseAmount("1'234.5"), { minor: 123_450, form: 'decimal' });
  assert.deepEqual(parseAmount('1234'), { minor: 123_400, form: 'integer' });
});

test('unit prices with four decimals and wrong groups are no money', () => {
  assert.equal(parseAmount('2.8509'), null);
  assert.equal(parseAmount('0.325'), null);
  assert.equal(parseAmount('12.34.56'), null);
});

test('currency signs, tax codes and column noise around an amount do not hide it', () => {
  assert.deepEqual(minors('RM41.95'), [4195]);
  assert.deepEqual(minors('$1.890'), [189_000]);
  assert.deepEqual(minors('8.70S'), [870]);
  assert.deepEqual(minors('104,54Bs'), [10_454]);
  assert.deepEqual(minors('S8.60'), [860]);
  assert.deepEqual(minors('TOTAL 3 ,97'), [397]);
  assert.deepEqual(minors('RM .40'), [40]);
});

test('letters read for digits are repaired and counted', () => {
  const [token] = findAmounts('TOTAL 1O.5O');

  assert.equal(token?.minor, 1050);
  assert.equal(token?.repairs, 2);
});

test('a blank inside the thousands gives the joined amount as well', () => {
  assert.ok(minors('TOTAL 1 302.00').includes(130_200));
});

test('percentages are not money, and a minus or brackets make it negative', () => {
  assert.deepEqual(minors('IVA 16.00% 18.24'), [1824]);
  assert.deepEqual(minors('DESCUENTO -600.00'), [-60_000]);
  assert.deepEqual(minors('DESCUENTO (12.50)'), [-1250]);
});

test('any amount printed with either kind of separators is read back to the cent', () => {
  const grouped = (minor: number, thousands: string, decimal: string) => {
    const whole = String(Math.trunc(minor / 100)).replace(/\B(?=(\d{3})+$)/g, thousands);
    return `${whole}${decimal}${String(minor % 100).padStart(2, '0')}`;
  };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (minor) => {
      assert.equal(parseAmount(grouped(minor, ',', '.'))?.minor, minor);
      assert.equal(parseAmount(grouped(minor, '.', ','))?.minor, minor);
      assert.equal(parseAmount(formatAmount(minor, 2))?.minor, minor);
    }),
  );
});

test('no text, however odd, makes an amount that is not a whole number of hundredths', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: fc.constantFrom(...'0123456789.,OlS $-/:%RM') }), (text) => {
      for (const token of findAmounts(text)) assert.ok(Number.isSafeInteger(token.minor));
    }),
  );
});
