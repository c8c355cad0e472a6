import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Line, Quad, Reading } from '../../../src/domain/reading.ts';
import { boxOf, layoutOf, readConfidence } from '../../../src/pipeline/extract/layout.ts';
import { readingFromText } from '../../../src/pipeline/extract/reading-from-text.ts';

function aQuad(x: number, y: number, width: number): Quad {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + 10],
    [x, y + 10],
  ];
}

function aReading(lines: readonly Line[], angle = 0): Reading {
  const page = { number: 1, width: 500, height: 500, angle, lines: [...lines] };
  return { provider: 'test', profile: 'balanced', confidence: 1, ms: 0, pages: [page] };
}

const label: Line = { text: 'TOTAL', confidence: 0.9, quad: aQuad(0, 100, 50), row: 3, words: [] };
const amount: Line = { text: '12.50', confidence: 0.7, quad: aQuad(200, 102, 50), row: 3, words: [] };

test('lines of one printed row are joined from left to right', () => {
  const [row] = layoutOf(aReading([label, amount])).rows;

  assert.equal(row?.text, 'TOTAL 12.50');
  assert.equal(row?.left, 0);
  assert.equal(row?.right, 250);
});

test('the box of a value holds its own line only', () => {
  const [row] = layoutOf(aReading([label, amount])).rows;
  assert.ok(row);

  assert.deepEqual(boxOf(row, 6, 11), { page: 1, x: 200, y: 102, width: 50, height: 10 });
  assert.equal(readConfidence(row, 6, 11), 0.7);
});

test('where words are known the box is of the words', () => {
  const [row] = layoutOf(readingFromText('TOTAL A PAGAR 99.00')).rows;
  assert.ok(row);

  assert.deepEqual(boxOf(row, 14, 19), { page: 1, x: 140, y: 0, width: 50, height: 16 });
});

test('a tilted page is measured along its text', () => {
  const tilted: Quad = [
    [0, 0],
    [0, 100],
    [-10, 100],
    [-10, 0],
  ];
  const [row] = layoutOf(aReading([{ ...label, quad: tilted }], 90)).rows;

  assert.equal(Math.round(row?.right ?? 0), 100);
  assert.equal(Math.round(row?.height ?? 0), 10);
});
