import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { amountCertainty, paidAmounts } from '../../../../src/pipeline/extract/payment/money-in-text.ts';

const valuesOf = (text: string) => paidAmounts(text).map((amount) => amount.value);

test('amounts are read in the ways of each country', () => {
  const printed: readonly (readonly [string, string])[] = [
    ['104,54 Bs', '104.54'],
    ['104,54Bs', '104.54'],
    ['Bs.1.234,56', '1234.56'],
    ['Bs . 313,62', '313.62'],
    ['$ 1,234.56', '1234.56'],
    ['COP 30.000', '30000.00'],
    ['S/ 50', '50.00'],
    ['$45.990', '45990.00'],
    ['2. 250,00 Bs', '2250.00'],
  ];
  for (const [text, value] of printed) assert.deepEqual(valuesOf(text), [value], text);
});

test('letters read for digits are repaired inside an amount only', () => {
  assert.deepEqual(valuesOf('Bs. 1O4,51'), ['104.51']);
  assert.deepEqual(valuesOf('lOO'), []);
  assert.deepEqual(valuesOf('Bs 12O3'), []);
});

test('a decimal that OCR parted from its fellow is brought back', () => {
  assert.deepEqual(valuesOf('Bs. 313,6 2'), ['313.62']);
});

test('dates, times, masked accounts and long references are no money', () => {
  for (const text of ['20/06/2025', '19:05', '0102****2314', '003039328429123', '12-05-2026'])
    assert.deepEqual(valuesOf(text), [], text);
});

test('bolívares without decimals are doubted, since apps always print two; pesos are not', () => {
  const [bolivars] = paidAmounts('Bs. 31362');
  const [pesos] = paidAmounts('$ 31.362');

  assert.ok(bolivars && amountCertainty(bolivars, true) < 0.8);
  assert.ok(pesos && amountCertainty(pesos, false) >= 0.9);
});

test('any amount of bolívares as an app prints it is read exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 11 }), (minor) => {
      const whole = Math.trunc(minor / 100).toLocaleString('de-DE');
      const cents = String(minor % 100).padStart(2, '0');

      const found = paidAmounts(`Bs. ${whole},${cents}`);

      assert.deepEqual(
        found.map((amount) => amount.minor),
        [minor],
      );
    }),
  );
});
