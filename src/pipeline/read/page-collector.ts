import sharp from 'sharp';
import type { PageJpeg } from './outside/recogniser.ts';
import type { Raster } from './raster.ts';
import type { Engines } from './read-document.ts';

/** What a recogniser elsewhere gets: sharp enough for small print, a fifth of a PNG. */
const quality = 88;

/** In the place of recognisers: reads nothing and keeps the pages that have to be read, as JPEGs. */
export function createPageCollector(): Engines & { readonly pages: PageJpeg[] } {
  const pages: PageJpeg[] = [];
  return {
    pages,
    async read(raster, _profile, _how, number = 1) {
      pages.push({ number, jpeg: await encode(raster), width: raster.width, height: raster.height });
      return { provider: '', lines: [] };
    },
  };
}

async function encode({ data, width, height }: Raster): Promise<Uint8Array> {
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
  return new Uint8Array(jpeg);
}
