import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Quad } from '../../../../src/domain/reading.ts';
import { type Character, decodeCtc } from '../../../../src/pipeline/read/paddle/ctc.ts';
import { parseAlphabet, shippedModels } from '../../../../src/pipeline/read/paddle/models.ts';
import { splitWords } from '../../../../src/pipeline/read/paddle/words.ts';
import { uprightQuad } from '../../../../src/pipeline/read/quad.ts';

const alphabet = parseAlphabet('A\nB\n中\n€\n');

/** One step a character: the class of that character gets 0.8, `.` the blank; the other classes less. */
function outputOf(steps: string) {
  const classes = alphabet.characters.length;
  const data = new Float32Array(steps.length * classes).fill(0.01);
  [...steps].forEach((mark, step) => {
    data[step * classes + (mark === '.' ? 0 : alphabet.characters.indexOf(mark))] = 0.8;
  });
  return { data, dims: [1, steps.length, classes] };
}

const textOf = (characters: readonly Character[]) => characters.map(({ text }) => text).join('');

/** Characters one pitch apart from the given steps. */
function typed(text: string, positions: readonly number[]): Character[] {
  return [...text].map((mark, index) => ({ text: mark, confidence: 0.9, position: positions[index] ?? 0 }));
}

test('repeats are one character, unless a blank is between them', () => {
  assert.equal(textOf(decodeCtc(outputOf('..AAB.B..'), alphabet)), 'ABB');
  assert.equal(textOf(decodeCtc(outputOf('....'), alphabet)), '');
});

test('a character stands in the middle of its steps with its first probability', () => {
  const [character] = decodeCtc(outputOf('..AAA.'), alphabet);

  assert.equal(character?.position, 3.5);
  assert.equal(character?.confidence.toFixed(3), '0.800');
});

test('what no receipt of ours prints is never read, even when it is likeliest', () => {
  assert.equal(textOf(decodeCtc(outputOf('A.中.€'), alphabet)), 'A€');
});

test('the shipped alphabet has a class for each output of the network and allows Latin only', async () => {
  const { alphabet: shipped } = await shippedModels();

  assert.equal(shipped.characters.length, 6625);
  assert.equal(shipped.characters.at(-1), ' ');
  const allowed = [...shipped.allowed].map((index) => shipped.characters[index]);
  for (const mark of [' ', '0', 'Z', 'a', '$', '%', 'é', 'ó']) assert.ok(allowed.includes(mark), mark);
  assert.ok(!allowed.includes('一'));
});

test('a line is cut into words at printed blanks and at wide gaps, each with its part of the box', () => {
  const line = uprightQuad(0, 0, 300, 20);
  const characters = typed('AB CD12', [5, 15, 25, 35, 45, 75, 85]);

  const words = splitWords(characters, line, 100);

  assert.deepEqual(
    words.map(({ text }) => text),
    ['AB', 'CD', '12'],
  );
  assert.deepEqual(
    words.map(({ quad }) => [quad[0][0], quad[1][0]]),
    [
      [0, 60],
      [90, 150],
      [210, 270],
    ],
  );
  assert.deepEqual(
    words.map(({ quad }) => [quad[0][1], quad[3][1]]),
    [
      [0, 20],
      [0, 20],
      [0, 20],
    ],
  );
});

test('the words of a tilted line lie along it', () => {
  const line: Quad = [
    [0, 0],
    [100, 100],
    [90, 110],
    [-10, 10],
  ];

  const words = splitWords(typed('A B', [25, 50, 75]), line, 100);

  assert.ok(words.every(({ quad: [[x, y]] }) => Math.abs(x - y) < 1e-9));
});

test('three characters or fewer are one word however far apart', () => {
  assert.deepEqual(
    splitWords(typed('A12', [5, 15, 60]), uprightQuad(0, 0, 9, 9), 100).map(({ text }) => text),
    ['A12'],
  );
});

test('a line of blanks has no words', () => {
  assert.deepEqual(splitWords(typed('  ', [5, 15]), uprightQuad(0, 0, 9, 9), 100), []);
});
