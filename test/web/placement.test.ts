import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { place } from '../../web/src/card/placement.ts';

const image = { width: 1000, height: 2000 };
const frame = { width: 250, height: 400 };

test('without a field in focus the whole image lies in the middle of its frame', () => {
  assert.deepEqual(place(image, frame, null), { scale: 0.2, x: 25, y: 0 });
});

test('a field in focus lies in the middle, enlarged', () => {
  const { scale, x, y } = place(image, frame, { page: 1, x: 450, y: 980, width: 100, height: 40 });

  assert.equal(scale, 0.2 * 3.5);
  assert.deepEqual([500 * scale + x, 1000 * scale + y].map(Math.round), [125, 200]);
});

test('a wide field is enlarged only as far as it still fits', () => {
  const { scale } = place(image, frame, { page: 1, x: 50, y: 980, width: 900, height: 40 });

  assert.ok(900 * scale <= 250);
  assert.ok(scale >= 0.2);
});

test('wherever the field is, the enlarged image leaves no gap at the frame’s edge and the field is in sight', () => {
  const box = fc.record({
    x: fc.integer({ min: 0, max: 900 }),
    y: fc.integer({ min: 0, max: 1900 }),
    width: fc.integer({ min: 10, max: 100 }),
    height: fc.integer({ min: 10, max: 100 }),
  });
  fc.assert(
    fc.property(box, (at) => {
      const { scale, x, y } = place(image, frame, { page: 1, ...at });

      for (const [offset, own, whole] of [
        [x, frame.width, image.width * scale],
        [y, frame.height, image.height * scale],
      ] as const) {
        assert.ok(
          whole <= own ? Math.abs(offset * 2 + whole - own) < 1e-6 : offset <= 0 && offset + whole >= own - 1e-6,
        );
      }
      assert.ok(at.x * scale + x >= -1e-6 && (at.x + at.width) * scale + x <= frame.width + 1e-6);
      assert.ok(at.y * scale + y >= -1e-6 && (at.y + at.height) * scale + y <= frame.height + 1e-6);
    }),
  );
});
