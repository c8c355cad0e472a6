import type { Raster } from '../raster.ts';
import type { Source } from '../source.ts';
import { shrinkRaster } from './page-image.ts';

/** A one-page document from a decoder that gives upright pixels. */
export function openDecodedImage(decode: () => Raster | Promise<Raster>): Source {
  return {
    pageCount: 1,
    page: async () => ({ kind: 'image', image: await shrinkRaster(await decode()) }),
    close: async () => {},
  };
}
