import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Point } from '../../../src/domain/reading.ts';
import type { FoundLine } from '../../../src/pipeline/read/engine.ts';
import { uprightQuad } from '../../../src/pipeline/read/quad.ts';
import { arrangeRows } from '../../../src/pipeline/read/rows.ts';
import { textAngle } from '../../../src/pipeline/read/text-angle.ts';

function aLine(text: string, left: number, top: number, degrees = 0): FoundLine {
  const turn = ([x, y]: Point): Point => {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return [x * cos - y * sin, x * sin + y * cos];
  };
  const [a, b, c, d] = uprightQuad(left, top, left + text.length * 10, top + 20);
  return { text, confidence: 1, quad: [turn(a), turn(b), turn(c), turn(d)], words: [] };
}

for (const degrees of [0, 12, 90, -90, 179]) {
  test(`label and amount share a row, top to bottom, on a page turned by ${degrees}°`, () => {
    const found = [aLine('492.40', 300, 63, degrees), aLine('TIENDA', 100, 0, degrees), aLine('TOTAL', 0, 60, degrees)];

    const { angle, lines } = arrangeRows(found);

    assert.deepEqual(
      lines.map(({ text, row }) => [text, row]),
      [
        ['TIENDA', 0],
        ['TOTAL', 1],
        ['492.40', 1],
      ],
    );
    assert.ok(Math.abs(angle - degrees) < 1e-9);
  });
}

test('lines that overlap by less than half are different rows', () => {
  const { lines } = arrangeRows([aLine('UNO', 0, 0), aLine('DOS', 100, 12)]);

  assert.deepEqual(
    lines.map(({ row }) => row),
    [0, 1],
  );
});

test('a seal printed up the margin does not tilt the page', () => {
  const quads = [aLine('PRIMERA LINEA', 0, 0), aLine('SEGUNDA LINEA', 0, 30), aLine('SELLO DIGITAL', 0, 500, -90)];

  assert.equal(textAngle(quads.map(({ quad }) => quad)), 0);
});

test('no lines make no rows', () => {
  assert.deepEqual(arrangeRows([]), { angle: 0, lines: [] });
});
