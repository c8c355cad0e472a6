import sharp, { type Metadata, type SharpOptions } from 'sharp';
import { Failure } from '../../../domain/failure.ts';
import { maxRasterSide, type PageImage } from '../raster.ts';
import { maxPages, type Source } from '../source.ts';
import { missingShare, tolerableMissingShare } from './truncation.ts';

/** Phones with "50 MP" cameras make up to 8192 × 6144. A header that claims more is refused before any decoding. */
export const maxImagePixels = 52_000_000;

/** PNG, JPEG, GIF (first frame), TIFF (all pages), WebP and AVIF, by libvips. */
export async function openSharpImage(bytes: Uint8Array): Promise<Source> {
  const metadata = await readHeader(bytes);
  checkSize(metadata.width, metadata.pageHeight ?? metadata.height);
  const pageCount = metadata.format === 'tiff' ? (metadata.pages ?? 1) : 1;
  if (pageCount > maxPages) throw new Failure('too-many-pages', 'ask', `${pageCount} pages, at most ${maxPages}`);
  return {
    pageCount,
    page: async (index) => ({ kind: 'image', image: await decodePage(bytes, metadata, index) }),
    close: async () => {},
  };
}

/** Throws `image-too-large` when width × height is above what is ever decoded. */
export function checkSize(width: number, height: number): void {
  if (width * height > maxImagePixels)
    throw new Failure('image-too-large', 'ask', `image of ${width} × ${height} pixels`);
}

/** Fits a picture into the raster an engine gets: upright, without transparency, long side at most `maxRasterSide`. */
export async function toPageImage(bytes: Uint8Array, options: SharpOptions): Promise<PageImage> {
  const image = sharp(bytes, { limitInputPixels: maxImagePixels, ...options });
  const { autoOrient } = await image.metadata();
  const { data, info } = await image
    .autoOrient()
    .resize({ width: maxRasterSide, height: maxRasterSide, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const raster = { data, width: info.width, height: info.height };
  return { raster, width: autoOrient.width, height: autoOrient.height };
}

async function readHeader(bytes: Uint8Array): Promise<Metadata> {
  try {
    // The limit is checked by us, so that a bomb is told from a broken header.
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw damaged(error);
  }
}

async function decodePage(bytes: Uint8Array, metadata: Metadata, page: number): Promise<PageImage> {
  try {
    return await toPageImage(bytes, { page, failOn: 'error' });
  } catch (error) {
    if (!(await isReadableRest(bytes, metadata))) throw damaged(error);
    return toPageImage(bytes, { page, failOn: 'none' });
  }
}

/** A photo cut off near its end still has its receipt. Progressive files lose detail everywhere instead: refused. */
async function isReadableRest(bytes: Uint8Array, { format, isProgressive }: Metadata): Promise<boolean> {
  if (format !== 'jpeg' || isProgressive) return false;
  return (await missingShare(bytes)) <= tolerableMissingShare;
}

function damaged(cause: unknown): Failure {
  return new Failure('damaged-file', 'ask', 'the image cannot be decoded', { cause });
}
