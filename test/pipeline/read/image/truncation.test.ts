import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { openSharpImage } from '../../../../src/pipeline/read/image/sharp-image.ts';
import { missingShare } from '../../../../src/pipeline/read/image/truncation.ts';
import { drawReceipt } from '../drawn-receipt.ts';

const photo = await sharp(drawReceipt()).modulate({ brightness: 0.9 }).jpeg().toBuffer();
const damaged = { code: 'damaged-file', recovery: 'ask' };

async function openFirstPage(bytes: Uint8Array) {
  return (await openSharpImage(bytes)).page(0);
}

test('a whole photo misses nothing, a cut one the share of its rows that are gone', async () => {
  assert.equal(await missingShare(photo), 0);
  const half = await missingShare(photo.subarray(0, photo.length / 2));
  assert.ok(half > 0.3 && half < 0.7, String(half));
  assert.equal(await missingShare(Buffer.from('no photo')), 1);
});

test('a photo whose last bytes are gone is read, one that misses lines is refused', async () => {
  const page = await openFirstPage(photo.subarray(0, photo.length - 20));

  assert.equal(page.kind, 'image');
  await assert.rejects(openFirstPage(photo.subarray(0, photo.length * 0.8)), damaged);
});

test('a cut progressive photo is refused: it lacks detail everywhere', async () => {
  const progressive = await sharp(drawReceipt()).jpeg({ progressive: true }).toBuffer();

  await assert.rejects(openFirstPage(progressive.subarray(0, progressive.length - 20)), damaged);
});
