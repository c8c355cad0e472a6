import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundLine } from '../../../../src/pipeline/read/engine.ts';
import { withSpanishLetters } from '../../../../src/pipeline/read/paddle/spanish-letters.ts';

const quad: FoundLine['quad'] = [
  [0, 0],
  [9, 0],
  [9, 1],
  [0, 1],
];
const lineOf = (text: string): FoundLine => ({
  ...{ text, confidence: 0.9, quad },
  words: text.split(' ').map((word) => ({ text: word, confidence: 0.9, quad })),
});

test('words that need an ñ have it again, in their own case, in the line and in its words', () => {
  const line = withSpanishLetters(lineOf('DISENOS MUNOZ de Espana S.L.'));

  assert.equal(line.text, 'DISEÑOS MUÑOZ de España S.L.');
  assert.deepEqual(
    line.words.map(({ text }) => text),
    ['DISEÑOS', 'MUÑOZ', 'de', 'España', 'S.L.'],
  );
});

test('only the letter that stands for ñ is changed', () => {
  assert.equal(withSpanishLetters(lineOf('NUNEZ NINO CHAMPINONES')).text, 'NUÑEZ NIÑO CHAMPIÑONES');
});

test('words that exist without it stay as read', () => {
  const line = lineOf('PENA CANA MONTANA TOTAL CASH ANOTAR');

  assert.equal(withSpanishLetters(line), line);
});
