import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkCodeIn, makeLinkCode, showLinkCode } from '../../src/domain/link-code.ts';

test('a code is found however it was typed', () => {
  const code = makeLinkCode();

  for (const typed of [code, showLinkCode(code), code.toLowerCase(), ` ${code.slice(0, 4)} ${code.slice(4)}\n`]) {
    assert.equal(linkCodeIn(typed), code);
  }
});

test('words, numbers with 0 or 1, and longer texts are no codes', () => {
  for (const text of ['FACTURAS', 'facturas', '10000000', 'ABCD23456', '', '2'.repeat(10_000)]) {
    assert.equal(linkCodeIn(text), null, text);
  }
});
