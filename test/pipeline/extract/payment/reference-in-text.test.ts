import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ReferenceRules, referenceIn } from '../../../../src/pipeline/extract/payment/reference-in-text.ts';

const bdv: ReferenceRules = { lengths: [12], countryLengths: [9, 11, 12], isVenezuelan: true };
const unknownApp: ReferenceRules = { ...bdv, lengths: [] };
const abroad: ReferenceRules = { lengths: [], countryLengths: [], isVenezuelan: false };

test('leading zeros belong to the reference', () => {
  assert.equal(referenceIn('000012071', unknownApp, 'right')?.value, '000012071');
});

test('a speck read as a digit after the reference is left out, since the bank prints twelve', () => {
  assert.equal(referenceIn('003162521173 1', bdv, 'right')?.value, '003162521173');
});

test('groups parted by blanks are joined when that gives the length of the bank', () => {
  assert.equal(referenceIn('0031 6252 1173', bdv, 'right')?.value, '003162521173');
});

test('a letter read for a digit is repaired, since references of Venezuela are digits', () => {
  assert.equal(referenceIn('0O3162521l73', bdv, 'right')?.value, '003162521173');
});

test('a reference of another length than the app prints is doubted', () => {
  assert.ok((referenceIn('00316252117', { ...bdv, countryLengths: [12] }, 'right')?.certainty ?? 1) < 0.8);
});

test('abroad letters belong to the reference', () => {
  assert.equal(referenceIn('M12345678', abroad, 'right')?.value, 'M12345678');
  assert.equal(referenceIn('MBAN01002605050012345678', abroad, 'below')?.value, 'MBAN01002605050012345678');
});

test('a date, an amount or a masked account is no reference', () => {
  for (const text of ['20/06/2025', '1.234,56', '0102****2314'])
    assert.equal(referenceIn(text, unknownApp, 'right'), null, text);
});

test('among the values of a table the reference is the number of the bank length', () => {
  assert.equal(referenceIn('106 93 48311146148 20/06/2025', { ...bdv, lengths: [11] }, 'shared')?.value, '48311146148');
});
