import { Failure } from '../../domain/failure.ts';
import { decodeBmp } from './image/bmp.ts';
import { openDecodedImage } from './image/decoded-image.ts';
import { decodeHeic } from './image/heic.ts';
import { openSharpImage } from './image/sharp-image.ts';
import type { Source } from './source.ts';

type Opener = (bytes: Uint8Array) => Source | Promise<Source>;

const openHeic: Opener = (bytes) => openDecodedImage(() => decodeHeic(bytes));

// pdfjs takes 60 MB: loaded when the first PDF comes.
const openPdf: Opener = async (bytes) => (await import('./pdf/pdf.ts')).openPdf(bytes);

/** Every type that can be read, and by what: adding one is a line here. */
export const openers: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  ['image/png', openSharpImage],
  ['image/apng', openSharpImage],
  ['image/jpeg', openSharpImage],
  ['image/gif', openSharpImage],
  ['image/tiff', openSharpImage],
  ['image/webp', openSharpImage],
  ['image/avif', openSharpImage],
  ['image/bmp', (bytes) => openDecodedImage(() => decodeBmp(bytes))],
  ['image/heic', openHeic],
  ['image/heic-sequence', openHeic],
  ['image/heif', openHeic],
  ['image/heif-sequence', openHeic],
  ['application/pdf', openPdf],
]);

/** Opens a document of a type that `identifyFile` names. Throws the Failures of its format. */
export async function openSource(bytes: Uint8Array, mime: string): Promise<Source> {
  const open = openers.get(mime);
  if (!open) throw new Failure('unsupported-type', 'ask', `${mime} cannot be read`);
  return open(bytes);
}
