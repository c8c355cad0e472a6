import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { Extraction } from '../../../src/domain/document.ts';
import { layoutOf } from '../../../src/pipeline/extract/layout.ts';
import { readingFromText } from '../../../src/pipeline/extract/reading-from-text.ts';
import { loadUnderstandingData, type UnderstandingData } from '../../support/understanding.ts';

let data: UnderstandingData;
before(async () => {
  data = await loadUnderstandingData();
});

test('of a document with thousands of rows only the first and the last are looked at', () => {
  const rows = layoutOf(readingFromText(Array.from({ length: 5000 }, (_, index) => `fila ${index}`).join('\n'))).rows;

  assert.equal(rows.length, 240);
  assert.equal(rows[0]?.text, 'fila 0');
  assert.equal(rows.at(-1)?.text, 'fila 4999');
});

test('a row of a million characters is cut', () => {
  const [row] = layoutOf(readingFromText('7'.repeat(1_000_000))).rows;

  assert.ok((row?.text.length ?? 0) <= 160);
});

test('any text at all gives an answer of the documented shape', () => {
  const unit = fc.constantFrom(...'TOTALIVA0123456789.,:/- $\nRFCé€ñ(%)#OISB');
  fc.assert(
    fc.property(fc.string({ maxLength: 1500, unit }), (text) => {
      const { extraction } = data.understand(text);

      assert.deepEqual(Extraction.parse(extraction), extraction);
    }),
    { numRuns: 60 },
  );
});
