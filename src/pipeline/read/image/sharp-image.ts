import sharp, { type Metadata } from 'sharp';
import { Failure } from '../../../domain/failure.ts';
import { maxPages, type Source } from '../source.ts';
import { checkImageSize, maxImagePixels, toPageImage } from './page-image.ts';
import { missingShare, tolerableMissingShare } from './truncation.ts';

/** PNG, JPEG, GIF (first frame), TIFF (all pages), WebP and AVIF, by libvips. */
export async function openSharpImage(bytes: Uint8Array): Promise<Source> {
  const { format, pages = 1 } = await readHeader(bytes, 0);
  const pageCount = format === 'tiff' ? pages : 1;
  if (pageCount > maxPages) throw new Failure('too-many-pages', 'ask', `${pageCount} pages, at most ${maxPages}`);
  return {
    pageCount,
    page: async (index) => ({ kind: 'image', image: await decodePage(bytes, index) }),
    close: async () => {},
  };
}

/** Reads the header only, and refuses what would be too large before anything is decoded. */
async function readHeader(bytes: Uint8Array, page: number): Promise<Metadata> {
  const metadata = await sharp(bytes, { page, limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw damaged(error);
    });
  checkImageSize(metadata.width, metadata.pageHeight ?? metadata.height);
  return metadata;
}

async function decodePage(bytes: Uint8Array, page: number) {
  const metadata = await readHeader(bytes, page);
  const image = (failOn: 'error' | 'none') => sharp(bytes, { page, failOn, limitInputPixels: maxImagePixels });
  try {
    return await toPageImage(image('error'), metadata.autoOrient);
  } catch (error) {
    if (!(await isReadableRest(bytes, metadata))) throw damaged(error);
    return toPageImage(image('none'), metadata.autoOrient);
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
