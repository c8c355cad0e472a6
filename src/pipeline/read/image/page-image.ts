import sharp, { type Sharp } from 'sharp';
import { Failure } from '../../../domain/failure.ts';
import { fitRaster, type PageImage, type Raster } from '../raster.ts';

/** Phones with "50 MP" cameras make up to 8192 × 6144. A header that claims more is refused before any decoding. */
export const maxImagePixels = 52_000_000;

/** @throws {Failure} `image-too-large` above `maxImagePixels`. */
export function checkImageSize(width: number, height: number): void {
  if (width * height > maxImagePixels)
    throw new Failure('image-too-large', 'ask', `image of ${width} × ${height} pixels`);
}

/** Fits a picture into the raster that engines get: upright by EXIF, without transparency, 8 bits, shrunk by `fitRaster`. */
export async function toPageImage(image: Sharp, page: { width: number; height: number }): Promise<PageImage> {
  const { data, info } = await image
    .autoOrient()
    .resize({ ...fitRaster(page.width, page.height), fit: 'fill' })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { raster: { data, width: info.width, height: info.height }, width: page.width, height: page.height };
}

/** The same for pixels that another decoder made, upright already. */
export function shrinkRaster({ data, width, height }: Raster): Promise<PageImage> {
  return toPageImage(sharp(data, { raw: { width, height, channels: 3 } }), { width, height });
}

/** Lays RGBA pixels on white. */
export function rasterFromRgba(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let source = 0, target = 0; target < data.length; source += 4, target += 3) {
    const alpha = (rgba[source + 3] ?? 255) / 255;
    for (let channel = 0; channel < 3; channel++) {
      data[target + channel] = 255 + ((rgba[source + channel] ?? 255) - 255) * alpha;
    }
  }
  return { data, width, height };
}
