import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountIn, labelledAccountIn } from '../../../../src/pipeline/extract/payment/account-in-text.ts';

test('a mask between four digits and four is written with four stars, however many were read', () => {
  for (const text of [
    '0134****8812',
    '0134***8812',
    '0134 **** 8812',
    '01 34* *8812',
    '0134•••••8812',
    '0134xxxx8812',
  ]) {
    assert.equal(accountIn(text)?.value, '0134****8812', text);
  }
});

test('a mask without its beginning stays as it is printed', () => {
  assert.equal(accountIn('Cta. Corriente BNC: ***1234')?.value, '***1234');
});

test('an account that lost digits before its mask is none', () => {
  assert.equal(accountIn('34****8812'), null);
});

test('a whole account is read with or without its hyphens', () => {
  assert.equal(accountIn('0134-0123-45-1234567890')?.value, '01340123451234567890');
  assert.equal(accountIn('01340123451234567890')?.value, '01340123451234567890');
});

test('bare digits are an account abroad only', () => {
  assert.equal(labelledAccountIn('002180012345678901', false)?.value, '002180012345678901');
  assert.equal(labelledAccountIn('27123456', true), null);
});
