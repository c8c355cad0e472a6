import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { findPattern } from '../../../src/pipeline/classify/pattern.ts';
import { skeleton } from '../../../src/pipeline/classify/skeleton.ts';
import { loadUnderstandingData, type UnderstandingData } from '../../support/understanding.ts';

let data: UnderstandingData;
before(async () => {
  data = await loadUnderstandingData();
});

test('the sieve loses no name that the letter-by-letter search finds', () => {
  const { names, sieve } = data.catalog;
  const damagedName = fc
    .tuple(
      fc.nat(names.length - 1),
      fc.array(fc.tuple(fc.nat(40), fc.constantFrom(...'AEIOHMNRT0158')), { maxLength: 3 }),
    )
    .map(([index, changes]) => {
      const letters = [...(names[index]?.pattern.text ?? '')];
      for (const [place, letter] of changes) if (place < letters.length) letters[place] = letter;
      return `TIENDA ${letters.join('')} 0123`;
    });

  fc.assert(
    fc.property(damagedName, (text) => {
      const bones = skeleton(text);
      const found = names.filter(({ pattern }) => findPattern(bones, pattern) !== null);
      const sieved = new Set(sieve(bones.text));
      assert.deepEqual(
        found.filter((name) => !sieved.has(name)).map(({ pattern }) => pattern.text),
        [],
      );
    }),
  );
});

test('the sieve lets few names through', () => {
  const { names, sieve } = data.catalog;

  const passed = sieve(skeleton('CALLE 5 DE MAYO 123 COL. CENTRO').text).length;

  assert.ok(passed < names.length / 10, `${passed} of ${names.length}`);
});
