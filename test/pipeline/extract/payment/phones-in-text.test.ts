import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foreignPhoneIn, hasDamagedPhone, phonesIn } from '../../../../src/pipeline/extract/payment/phones-in-text.ts';

const valuesOf = (text: string, isLabelled = false) => phonesIn(text, isLabelled).map((phone) => phone.value);

test('one phone reads the same however it is grouped or prefixed', () => {
  for (const text of [
    '04147654321',
    '0414-7654321',
    '0414 - 7654321',
    '(0414) 765.43.21',
    '+58 414-7654321',
    '+584147654321',
    '0058 414 7654321',
  ]) {
    assert.deepEqual(valuesOf(text), ['04147654321'], text);
  }
});

test('without the leading zero a number is a phone only after its label', () => {
  assert.deepEqual(valuesOf('4147654321'), []);
  assert.deepEqual(valuesOf('4147654321', true), ['04147654321']);
});

test('a number of another operator, too long or too short is no phone', () => {
  for (const text of ['04187654321', '041476543210', '0414765432', '01020414765432112345', '***04147654321']) {
    assert.deepEqual(valuesOf(text), [], text);
  }
});

test('letters read for digits are repaired after a label, where eleven characters of a known prefix prove it', () => {
  assert.deepEqual(valuesOf('O4l47654321', true), ['04147654321']);
  assert.deepEqual(valuesOf('O4l47654321'), []);
});

test('a phone that lost digits is noticed and not completed', () => {
  for (const text of ['0424 /0/ 4539', '0412 244', '0414-']) {
    assert.deepEqual(valuesOf(text, true), [], text);
    assert.ok(hasDamagedPhone(text), text);
  }
  assert.ok(!hasDamagedPhone('0412-2441122'));
});

test('a masked phone of another country gives no number', () => {
  assert.equal(foreignPhoneIn('*** *** 123'), null);
  assert.equal(foreignPhoneIn('310 555 12 34')?.value, '3105551234');
});

test('every Venezuelan mobile number is found in running text', () => {
  const number = fc.tuple(
    fc.constantFrom('0412', '0422', '0414', '0424', '0416', '0426'),
    fc.integer({ min: 0, max: 9_999_999 }),
  );
  fc.assert(
    fc.property(number, fc.constantFrom('', '-', ' '), ([prefix, rest], separator) => {
      const tail = String(rest).padStart(7, '0');

      assert.deepEqual(valuesOf(`Destino ${prefix}${separator}${tail} Banco`), [prefix + tail]);
    }),
  );
});
