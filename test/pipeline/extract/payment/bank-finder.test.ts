import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBankFinder } from '../../../../src/pipeline/extract/payment/bank-finder.ts';
import { banks } from './banks.ts';

const finder = createBankFinder(banks);

test('code and name that agree are surer than either alone', () => {
  const both = finder.find('0134 - BANESCO');
  const code = finder.find('0134');

  assert.equal(both?.value, '0134 - BANESCO');
  assert.equal(code?.value, '0134 - BANESCO');
  assert.ok((both?.certainty ?? 0) > (code?.certainty ?? 1));
});

test('a name is found though OCR lost its blanks or took a letter for a digit', () => {
  assert.equal(finder.find('0105-BANCOMERCANTIL')?.bank.code, '0105');
  assert.equal(finder.find('BANC0 MERCANTI1')?.bank.code, '0105');
});

test('a code that contradicts the name leaves the name with little certainty', () => {
  const hit = finder.find('0106 0102 - BANCO MERCANTIL');

  assert.equal(hit?.bank.code, '0105');
  assert.ok((hit?.certainty ?? 1) < 0.8);
});

test('the longest name wins: Banco Agrícola de Venezuela is not Banco de Venezuela', () => {
  assert.equal(finder.findAnnounced('BANCO AGRICOLA DE VENEZUELA')?.bank.code, '0166');
});

test('a surname that is also a bank names one only where a bank is announced', () => {
  assert.equal(finder.find('CARLOS PLAZA'), null);
  assert.equal(finder.findAnnounced('PLAZA')?.bank.code, '0138');
});

test('a short name inside a longer word is no bank', () => {
  assert.equal(finder.find('LIBNCA'), null);
  assert.equal(finder.find('BNC')?.bank.code, '0191');
});

test('a code inside a longer number is no bank', () => {
  assert.equal(finder.find('01051234'), null);
  assert.equal(finder.find('7.0105'), null);
});
