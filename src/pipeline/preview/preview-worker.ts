/** Entry point of the thread that draws previews: a stranger's file is decoded where it can be ended. */
import sharp from 'sharp';
import { toFailure } from '../../domain/failure.ts';
import { openSource } from '../read/open-source.ts';
import type { PreviewAnswer, PreviewJob } from './preview.ts';

sharp.cache(false);
sharp.concurrency(1);

const longSide = 1_000;
const quality = 75;

export default async function draw({ bytes, mime }: PreviewJob): Promise<PreviewAnswer> {
  try {
    return { kind: 'drawn', jpeg: await firstPage(bytes, mime) };
  } catch (error) {
    const { code, recovery, message } = toFailure(error);
    return { kind: 'failure', code, recovery, message };
  }
}

async function firstPage(bytes: Uint8Array, mime: string): Promise<Uint8Array> {
  const source = await openSource(bytes, mime);
  try {
    const page = await source.page(0);
    const { raster } = page.kind === 'text' ? await page.draw() : page.image;
    const { data, width, height } = raster;
    const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
      .resize({ width: longSide, height: longSide, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality })
      .toBuffer();
    return new Uint8Array(jpeg);
  } finally {
    await source.close();
  }
}
