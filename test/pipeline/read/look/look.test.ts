import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page, Point, Quad } from '../../../../src/domain/reading.ts';
import { viewOf } from '../../../../src/pipeline/read/look/look.ts';
import { straighten } from '../../../../src/pipeline/read/look/straightened.ts';
import { coverage, textArea } from '../../../../src/pipeline/read/look/text-area.ts';
import { withoutColour } from '../../../../src/pipeline/read/look/without-colour.ts';
import type { Raster } from '../../../../src/pipeline/read/raster.ts';

function painted(width: number, height: number, colourAt: (x: number, y: number) => readonly number[]): Raster {
  const pixels = Array.from({ length: width * height }, (_, at) => colourAt(at % width, Math.floor(at / width)));
  return { data: Uint8Array.from(pixels.flat()), width, height };
}

const square = (x: number, y: number, width: number, height: number): Quad => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];
const lineAt = (quad: Quad, confidence = 0.9) => ({ text: 'A', confidence, quad, row: 0, words: [] });
const pageWith = (quads: readonly Quad[], angle = 0): Page => ({
  ...{ number: 1, width: 200, height: 400, angle },
  lines: quads.map((quad) => lineAt(quad)),
});

test('without colour a blue stamp is nearly paper, black print under it stays black', () => {
  const [paper, stamp, print, both] = [
    [235, 235, 230],
    [40, 120, 210],
    [30, 30, 30],
    [20, 30, 50],
  ];
  const picture = painted(4, 1, (x) => [paper, stamp, print, both][x] ?? []);

  const { data } = withoutColour(picture);

  const grey = [0, 3, 6, 9].map((at) => data[at] ?? 0);
  assert.ok((grey[0] ?? 0) > 230 && (grey[1] ?? 0) > 230, `paper ${grey[0]}, stamp ${grey[1]}`);
  assert.ok((grey[2] ?? 255) < 40 && (grey[3] ?? 255) < 70, `print ${grey[2]}, under the stamp ${grey[3]}`);
  assert.deepEqual([...data.subarray(3, 6)], [grey[1], grey[1], grey[1]]);
});

test('the text of a page turned by any angle comes out upright, and its places map there and back', () => {
  const angle = 30;
  const [cos, sin] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
  const turned = ([u, v]: Point): Point => [60 + u * cos - v * sin, 40 + u * sin + v * cos];
  // White where the turned rectangle of 80 × 40 is.
  const picture = painted(200, 200, (x, y) => {
    const [u, v] = [(x - 60) * cos + (y - 40) * sin, (y - 40) * cos - (x - 60) * sin];
    return u >= 0 && u < 80 && v >= 0 && v < 40 ? [255, 255, 255] : [0, 0, 0];
  });
  const quad: Quad = [turned([0, 0]), turned([80, 0]), turned([80, 40]), turned([0, 40])];

  const { raster, back, forth } = straighten(picture, quad, angle);

  const at = (x: number, y: number) => raster.data[(Math.round(y) * raster.width + Math.round(x)) * 3] ?? 0;
  const [left, top] = forth(quad[0]);
  assert.ok(Math.abs(raster.width - 80 - 2 * left) < 3, 'the same margin left and right');
  assert.ok(at(left + 4, top + 4) > 250 && at(left + 76, top + 36) > 250, 'inside');
  assert.ok(at(left - 4, top + 20) < 5 && at(left + 40, top - 4) < 5, 'outside');
  const [x, y] = back(forth([123, 45]));
  assert.ok(Math.abs(x - 123) < 1e-9 && Math.abs(y - 45) < 1e-9);
});

test('the area of a page`s text leaves out what was hardly read', () => {
  const page = pageWith([square(20, 40, 100, 20), square(20, 100, 60, 20)]);
  const grain = lineAt(square(190, 390, 5, 5), 0.5);

  const area = textArea({ ...page, lines: [...page.lines, grain] });

  assert.ok(area);
  assert.deepEqual(area.quad, square(20, 40, 100, 80));
  assert.equal(coverage(page, area), 8000 / 80_000);
  assert.equal(textArea({ ...page, lines: [grain] }), null);
});

test('a closer look is at the text alone, knows what was read there, and searches small print where the text fills the page', () => {
  const raster = painted(100, 200, () => [200, 200, 200]);
  const small = pageWith([square(40, 80, 60, 20)]);
  const full = pageWith([square(0, 0, 200, 30), square(0, 370, 200, 30)]);

  const [near, whole] = [small, full].map((page) => viewOf({ kind: 'closer', pages: [page] }, 1, raster, [0.5, 0.5]));

  assert.ok((near?.raster.width ?? 0) < 60 && (near?.raster.height ?? 0) < 40);
  assert.equal(near?.how.isFine, false);
  assert.equal(whole?.how.isFine, true);
  const [known] = near?.how.known ?? [];
  assert.ok(known && near?.back);
  assert.deepEqual(near.back(known.quad[0]).map(Math.round), [20, 40]);
});

test('the second engine gets the upright text and no hints', () => {
  const raster = painted(100, 200, () => [200, 200, 200]);

  const view = viewOf({ kind: 'second_engine', pages: [pageWith([square(40, 80, 60, 20)])] }, 1, raster, [0.5, 0.5]);

  assert.deepEqual(view.how, { isSecond: true });
  assert.ok(view.raster.width < 60);
});

test('a page that nothing is known of is looked at whole', () => {
  const raster = painted(10, 10, () => [200, 200, 200]);

  const view = viewOf({ kind: 'closer', pages: [] }, 1, raster, [1, 1]);

  assert.equal(view.raster, raster);
  assert.equal(view.back, undefined);
});
