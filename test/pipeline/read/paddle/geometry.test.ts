import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Point, Quad } from '../../../../src/domain/reading.ts';
import { findComponents } from '../../../../src/pipeline/read/paddle/components.ts';
import { minAreaRectangle } from '../../../../src/pipeline/read/paddle/min-area-rectangle.ts';
import { orderCorners } from '../../../../src/pipeline/read/paddle/orientation.ts';
import { findTextBoxes } from '../../../../src/pipeline/read/paddle/text-boxes.ts';
import { uprightQuad } from '../../../../src/pipeline/read/quad.ts';

/** A map from rows of digits: `9` is 0.9. */
function mapOf(rows: readonly string[]) {
  const data = Float32Array.from([...rows.join('')].map((digit) => Number(digit) / 10));
  return { data, width: rows[0]?.length ?? 0, height: rows.length };
}

/** The plain way to count areas: flood from each pixel. */
function countByFlooding(data: Float32Array, width: number, height: number): number {
  const seen = new Set<number>();
  const flood = (x: number, y: number): void => {
    const index = y * width + x;
    if (x < 0 || y < 0 || x >= width || y >= height || seen.has(index) || (data[index] ?? 0) <= 0.3) return;
    seen.add(index);
    for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) flood(x + dx, y + dy);
  };
  let count = 0;
  for (let index = 0; index < data.length; index++) {
    const before = seen.size;
    flood(index % width, Math.floor(index / width));
    if (seen.size > before) count++;
  }
  return count;
}

test('pixels that touch at a side or a corner are one area', () => {
  const { data, width, height } = mapOf(['90009', '09090', '00900', '00000', '99099']);

  const areas = findComponents(data, width, height, 0.3);

  assert.deepEqual(areas.map((spans) => spans.length).sort(), [1, 1, 5]);
});

test('areas found over runs are those found by flooding, and hold every pixel once', () => {
  const maps = fc.integer({ min: 1, max: 12 }).chain((width) =>
    fc.array(fc.constantFrom(0, 0.9), { minLength: width, maxLength: width * 10 }).map((values) => {
      const height = Math.floor(values.length / width);
      return { data: Float32Array.from(values.slice(0, width * height)), width, height };
    }),
  );

  fc.assert(
    fc.property(maps, ({ data, width, height }) => {
      const areas = findComponents(data, width, height, 0.3);
      const pixels = areas.flat().reduce((sum, { left, right }) => sum + right - left + 1, 0);

      assert.equal(areas.length, countByFlooding(data, width, height));
      assert.equal(pixels, data.filter((value) => value > 0.3).length);
    }),
  );
});

test('the smallest rectangle is found at any tilt', () => {
  for (const degrees of [0, 10, 45, 90, 133]) {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const points: Point[] = [];
    for (let u = -10; u <= 10; u++)
      for (let v = -3; v <= 3; v++) points.push([50 + u * cos - v * sin, 40 + u * sin + v * cos]);

    const rectangle = minAreaRectangle(points);

    const sides = [rectangle?.width ?? 0, rectangle?.height ?? 0].sort((a, b) => a - b).map((side) => side.toFixed(6));
    assert.deepEqual(sides, ['6.000000', '20.000000']);
    assert.deepEqual(rectangle?.centre.map(Math.round), [50, 40]);
  }
});

test('points on one line span no rectangle', () => {
  assert.equal(
    minAreaRectangle([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ]),
    null,
  );
  assert.equal(minAreaRectangle([]), null);
});

test('a text box is grown to hold its letters; small, faint and thin areas are none', () => {
  const line = '0099999999999999999900';
  const empty = '0'.repeat(line.length);
  const text = mapOf([empty, line, line, line, line, empty]);
  const faint = line.replaceAll('9', '4');
  const noise = mapOf([empty, line, empty, faint, faint, faint, faint]);

  const [box, ...others] = findTextBoxes(text.data, text.width, text.height);

  assert.equal(others.length, 0);
  // 18 × 4 grown by 72 × 1.6 ÷ 44 at each side.
  const margin = (72 * 1.6) / 44;
  const xs = (box ?? []).map(([x]) => x);
  const ys = (box ?? []).map(([, y]) => y);
  const bounds = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const expected = [2 - margin, 20 + margin, 1 - margin, 5 + margin];
  bounds.forEach((value, index) => {
    assert.ok(Math.abs(value - (expected[index] ?? 0)) < 1e-5, `${bounds}`);
  });
  assert.deepEqual(findTextBoxes(noise.data, noise.width, noise.height), []);
});

test('boxes get their corners in reading order along the page, whichever corner came first', () => {
  const long = (top: number): Quad => uprightQuad(10, top, 200, top + 20);
  const [a, b, c, d] = long(0);
  const short = uprightQuad(10, 90, 25, 110);
  const shuffled: Quad[] = [[c, d, a, b], [d, a, b, c], long(60), [short[1], short[2], short[3], short[0]]];

  const ordered = orderCorners(shuffled);

  assert.deepEqual(ordered, [long(0), long(0), long(60), short]);
});

test('on a page lying on its side the text runs along the long boxes', () => {
  const upright = uprightQuad(100, 10, 120, 200);

  const [ordered] = orderCorners([upright, upright]);

  const [[ax, ay], [bx, by]] = ordered ?? uprightQuad(0, 0, 0, 0);
  assert.deepEqual([bx - ax, Math.abs(by - ay)], [0, 190]);
});
