import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compilePattern, findPattern } from '../../../src/pipeline/classify/pattern.ts';
import { findFuzzy, skeleton } from '../../../src/pipeline/classify/skeleton.ts';

const isFound = (text: string, wanted: string) => findPattern(skeleton(text), compilePattern(wanted)) !== null;

test('characters that OCR confuses, accents and blanks make no difference', () => {
  assert.equal(isFound('Fo1i0: 123', 'FOLIO'), true);
  assert.equal(isFound('T OTAL (E)', 'TOTAL'), true);
  assert.equal(isFound('EMISIÓN', 'emision'), true);
});

test('longer texts bear more wrong letters than short ones', () => {
  assert.equal(isFound('JOIAL GENERAL A VENIA', 'TOTAL GENERAL A VENTA'), true);
  assert.equal(isFound('IVB', 'IVA'), false);
});

test('the place found is given in the characters of the skeleton', () => {
  const bones = skeleton('xx SUB-TOTAL 5');
  const found = findPattern(bones, compilePattern('SUBTOTAL'));

  assert.equal(bones.offsets[found?.start ?? -1], 3);
});

test('the sieve never rejects what the exact search would find', () => {
  const unit = fc.constantFrom(...'TOALIVSUBE5018 ');
  fc.assert(
    fc.property(
      fc.string({ maxLength: 40, unit }),
      fc.string({ minLength: 5, maxLength: 14, unit }),
      (text, wanted) => {
        const bones = skeleton(text);
        const pattern = compilePattern(wanted);

        const expected = pattern.text === '' ? null : findFuzzy(bones.text, pattern.text, pattern.budget);

        assert.deepEqual(findPattern(bones, pattern), expected);
      },
    ),
  );
});
