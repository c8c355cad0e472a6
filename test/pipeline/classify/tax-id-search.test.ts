import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findTaxIds } from '../../../src/pipeline/classify/tax-id-search.ts';

const found = (text: string) => findTaxIds(text).map(({ rule, compact }) => `${rule.kind} ${compact}`);

test('ids are found with the separators of their country', () => {
  assert.deepEqual(found('R.F.C. HDM-001017-AS1'), ['rfc HDM001017AS1']);
  assert.deepEqual(found('Cadena Comercial Oxxo, S.A. de C.V.(CCO-860523-1N4)'), ['rfc CCO8605231N4']);
  assert.deepEqual(found('R.U.T.: 76.084.814-K'), ['rut 76084814K']);
  assert.deepEqual(found('30-65485516-8'), ['cuit 30654855168']);
  assert.deepEqual(found('CIF : A0 8721 17 7 CONDIS'), ['nif A08721177']);
});

test('digits alone need the label of their id', () => {
  assert.deepEqual(found('TRANS 113075669'), []);
  assert.deepEqual(found('NIT: 11307566-9'), ['nit-gt 113075669']);
});

test('a label inside a word is none', () => {
  assert.deepEqual(found('Ing. Brutos 902-950354-4'), []);
});

test('a RUT printed with its hyphen needs no label, and noise behind the check digit is cut off', () => {
  assert.deepEqual(found('T:77354176-0'), ['rut 773541760']);
  assert.deepEqual(found('RUT: 76.134.946-57'), ['rut 761349465']);
});

test('a CUIT cut off before its check digit is completed', () => {
  assert.deepEqual(found('CUIT Nro.: 30-61025233-'), ['cuit 30610252334']);
});

test('letter, colon and digits are a label and a number, not a tax id', () => {
  assert.deepEqual(found('H.C: 44101236'), []);
});
