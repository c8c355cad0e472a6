import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { guessCountry } from '../../../src/pipeline/extract/country.ts';
import { layoutOf } from '../../../src/pipeline/extract/layout.ts';
import { readingFromText } from '../../../src/pipeline/extract/reading-from-text.ts';
import { loadUnderstandingData, type UnderstandingData } from '../../support/understanding.ts';

let data: UnderstandingData;
before(async () => {
  data = await loadUnderstandingData();
});

const guess = (
  text: string,
  hints: { merchant: string | null; taxId: string | null } = { merchant: null, taxId: null },
) => guessCountry(layoutOf(readingFromText(text)), data.rules, hints)?.rule.country;

test('words of a country name it', () => {
  assert.equal(guess('TIENDA SA DE CV\nRFC XXX\nTOTAL M.N.'), 'MX');
  assert.equal(guess('KEDAI SDN BHD\nJALAN SATU\nGST'), 'MY');
});

test('a checked tax id or a known merchant settles it without words', () => {
  assert.equal(guess('ALMACEN', { merchant: null, taxId: 'CL' }), 'CL');
  assert.equal(guess('ALMACEN', { merchant: 'PE', taxId: null }), 'PE');
});

test('nothing is guessed from nothing', () => {
  assert.equal(guess('ALMACEN'), undefined);
});

test('short words count only when they stand alone', () => {
  assert.equal(guess('FORMULA'), undefined);
});
