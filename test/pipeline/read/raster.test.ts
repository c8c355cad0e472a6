import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fitRaster } from '../../../src/pipeline/read/raster.ts';

test('a photo is shrunk until its long side is 2000, a small one is left as it is', () => {
  assert.deepEqual(fitRaster(3000, 4000), { width: 1500, height: 2000 });
  assert.deepEqual(fitRaster(884, 1963), { width: 884, height: 1963 });
});

test('a strip keeps its letters readable: its short side stays at 700', () => {
  assert.deepEqual(fitRaster(1400, 8400), { width: 700, height: 4200 });
  assert.deepEqual(fitRaster(20_000, 1500), { width: 6000, height: 450 });
});

test('no raster has more than about four million pixels or an empty side', () => {
  const side = fc.integer({ min: 1, max: 80_000 });

  fc.assert(
    fc.property(side, side, (width, height) => {
      const raster = fitRaster(width, height);

      assert.ok(raster.width * raster.height <= 4_210_000);
      assert.ok(raster.width >= 1 && raster.height >= 1);
      assert.ok(raster.width <= width && raster.height <= height);
    }),
  );
});
