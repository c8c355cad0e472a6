import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLexicalIndex } from '../../../src/pipeline/classify/lexical.ts';
import { skeleton } from '../../../src/pipeline/classify/skeleton.ts';

const bones = (text: string) => skeleton(text).text;
const names = ['MERCADONA', 'MERCADO LIBRE', 'FARMACIA GUADALAJARA', 'SORIANA'];
const index = createLexicalIndex(names.map(bones));
const cosine = (query: string, name: string) =>
  index.search(bones(query), 0).find((hit) => names[hit.index] === name)?.cosine ?? 0;

test('a text is nearest to itself, whatever OCR makes of its look-alikes', () => {
  assert.equal(cosine('MERCADONA', 'MERCADONA').toFixed(6), '1.000000');
  assert.equal(cosine('MERCAD0NA', 'MERCADONA').toFixed(6), '1.000000');
});

test('a text with a letter lost or wrong stays near, a text that only shares its beginning does not', () => {
  assert.ok(cosine('MERCAONA', 'MERCADONA') > 0.5);
  assert.ok(cosine('MERCADONA', 'MERCADO LIBRE') < cosine('MERCAONA', 'MERCADONA'));
  assert.equal(cosine('ZXWVK', 'SORIANA'), 0);
});

test('what many names share counts less than what one alone has', () => {
  const shops = createLexicalIndex(['FARMACIAPAZ', 'FARMACIASOL', 'FARMACIAREX', 'FARMACIALUZ'].map(bones));
  const [common, own] = ['FARMACIAXXX', 'XXXXXXXXPAZ'].map(
    (query) => shops.search(bones(query), 0).find((hit) => hit.index === 0)?.cosine ?? 0,
  );

  assert.ok((own ?? 0) > 0.1);
  assert.ok((common ?? 1) < 0.75);
});

test('one search leaves nothing behind for the next', () => {
  const first = index.search(bones('SORIANA'), 0);
  index.search(bones('MERCADONA'), 0);

  assert.deepEqual(index.search(bones('SORIANA'), 0), first);
});
