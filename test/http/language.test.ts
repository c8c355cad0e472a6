import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf } from '../../src/http/language.ts';

test('?lang= wins over the browser’s languages', () => {
  const language = languageOf({ query: { lang: 'en' }, headers: { 'accept-language': 'es-MX,es;q=0.9' } }, 'es');

  assert.equal(language, 'en');
});

test('the first language of Accept-Language that Recibot speaks is used', () => {
  const language = languageOf(
    { query: {}, headers: { 'accept-language': 'fr-CA,fr;q=0.9,pt-BR;q=0.8,es;q=0.7' } },
    'es',
  );

  assert.equal(language, 'pt');
});

test('a request without a language it knows is answered in the default one', () => {
  const languages = [
    languageOf({ query: { lang: 'xx' }, headers: {} }, 'es'),
    languageOf({ query: null, headers: { 'accept-language': '*;;,,=' } }, 'en'),
  ];

  assert.deepEqual(languages, ['es', 'en']);
});
