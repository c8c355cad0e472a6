import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { differingBits } from '../../../src/pipeline/duplicates/marks.ts';
import { openSource } from '../../../src/pipeline/read/open-source.ts';
import { pictureHash } from '../../../src/pipeline/read/picture-hash.ts';
import { aPurchase, aReceiptPicture } from '../../support/receipt-picture.ts';

async function hashOf(picture: Buffer): Promise<string> {
  const source = await openSource(picture, 'image/jpeg');
  const page = await source.page(0);
  assert.ok(page.kind === 'image');
  return pictureHash(page.image.raster);
}

test('a photo sent again smaller and packed harder keeps its hash but for a few bits', async () => {
  const photo = sharp(await aReceiptPicture(aPurchase(1).rows)).resize(1400);

  const [large, small] = [
    await photo.jpeg({ quality: 90 }).toBuffer(),
    await photo.resize(1000).jpeg({ quality: 70 }).toBuffer(),
  ];

  assert.ok(differingBits(await hashOf(large), await hashOf(small)) <= 8);
});

test('hashes are 256 bits', async () => {
  assert.match(await hashOf(await aReceiptPicture(['TOTAL 1.00'])), /^[0-9a-f]{64}$/);
});
