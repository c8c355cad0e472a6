import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Failure } from '../../../../src/domain/failure.ts';
import { decodeBmp } from '../../../../src/pipeline/read/image/bmp.ts';
import { bmpHeader, writeBmp } from '../broken-files.ts';

const red = [255, 0, 0] as const;
const green = [0, 255, 0] as const;
const blue = [0, 0, 255] as const;
const rows = [
  [red, green, blue],
  [blue, red, green],
];
const expected = rows.flat(2);

const palette = Buffer.from([0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0]);

test('bitmaps are read from the bottom up, and from the top down when the height is negative', () => {
  for (const topDown of [false, true]) {
    const { data, width, height } = decodeBmp(writeBmp(rows, { topDown }));

    assert.deepEqual([width, height], [3, 2]);
    assert.deepEqual([...data], expected);
  }
});

test('bitmaps of 8, 4 and 1 bits take their colours from the palette', () => {
  const eight = Buffer.concat([bmpHeader(3, 2, 8, palette.length), palette, Buffer.from([2, 0, 1, 0, 0, 1, 2, 0])]);
  const four = Buffer.concat([
    bmpHeader(3, 2, 4, palette.length),
    palette,
    Buffer.from([0x20, 0x10, 0, 0, 0x01, 0x20, 0, 0]),
  ]);
  const one = Buffer.concat([bmpHeader(3, 1, 1, 8), palette.subarray(0, 8), Buffer.from([0b01000000, 0, 0, 0])]);

  assert.deepEqual([...decodeBmp(eight).data], expected);
  assert.deepEqual([...decodeBmp(four).data], expected);
  assert.deepEqual([...decodeBmp(one).data], [red, green, red].flat());
});

test('bitmaps of 16 and 32 bits are read with their own masks or the usual ones', () => {
  const usual16 = Buffer.concat([bmpHeader(2, 1, 16), Buffer.from([0x00, 0x7c, 0x1f, 0x00])]);
  const masks565 = Buffer.alloc(12);
  [0xf800, 0x7e0, 0x1f].forEach((mask, index) => {
    masks565.writeUInt32LE(mask, index * 4);
  });
  const masked16 = Buffer.concat([bmpHeader(2, 1, 16, 12, 3), masks565, Buffer.from([0x00, 0xf8, 0xe0, 0x07])]);
  const usual32 = Buffer.concat([bmpHeader(2, 1, 32), Buffer.from([0, 0, 255, 255, 255, 0, 0, 255])]);

  assert.deepEqual([...decodeBmp(usual16).data], [...red, ...blue]);
  assert.deepEqual([...decodeBmp(masked16).data], [...red, ...green]);
  assert.deepEqual([...decodeBmp(usual32).data], [...red, ...blue]);
});

test('a bitmap that claims more pixels than is ever decoded is refused before memory is taken', () => {
  const bomb = Buffer.concat([bmpHeader(100_000, 100_000, 24), Buffer.alloc(12)]);

  assert.throws(() => decodeBmp(bomb), { code: 'image-too-large' });
});

test('whatever the bytes, a bitmap is decoded or refused with a reason', () => {
  const whole = writeBmp(rows);

  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(whole.length - 1), (noise, at) => {
      const broken = Buffer.from(whole);
      broken.set(noise.subarray(0, whole.length - at), at);
      try {
        const { data, width, height } = decodeBmp(broken);
        assert.equal(data.length, width * height * 3);
      } catch (error) {
        assert.ok(error instanceof Failure, String(error));
      }
    }),
  );
});
