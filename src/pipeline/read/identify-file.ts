import { fileTypeFromBuffer } from 'file-type';
import { Failure } from '../../domain/failure.ts';
import { invoiceRoots } from '../einvoice/parse-e-invoice.ts';
import { xmlRootName } from '../einvoice/xml/root-name.ts';

type FileKind = 'image' | 'pdf' | 'e-invoice';
export type FileType = { readonly mime: string; readonly extension: string; readonly kind: FileKind };

/** 16 MB a file, as the users' own service has it (seed 4). */
export const maxFileBytes = 16 * 1024 * 1024;

/** What can be read, by the media type that the content shows. */
const kinds: ReadonlyMap<string, FileKind> = new Map([
  ['image/png', 'image'],
  ['image/apng', 'image'],
  ['image/jpeg', 'image'],
  ['image/gif', 'image'],
  ['image/bmp', 'image'],
  ['image/tiff', 'image'],
  ['image/webp', 'image'],
  ['image/heic', 'image'],
  ['image/heic-sequence', 'image'],
  ['image/heif', 'image'],
  ['image/heif-sequence', 'image'],
  ['image/avif', 'image'],
  ['application/pdf', 'pdf'],
  ['application/zip', 'e-invoice'],
  ['application/gzip', 'e-invoice'],
]);

/**
 * What a file is by its content; its name is only for the message.
 * @throws {Failure} `empty-file`, `too-large` or `unsupported-type`, each to be mended by the sender.
 */
export async function identifyFile(bytes: Uint8Array, name: string): Promise<FileType> {
  if (bytes.byteLength === 0) throw new Failure('empty-file', 'ask', `${name} is empty`);
  if (bytes.byteLength > maxFileBytes) {
    throw new Failure('too-large', 'ask', `${name} has ${bytes.byteLength} bytes, at most ${maxFileBytes}`);
  }
  const root = xmlRootName(bytes);
  if (root !== null) return xmlType(root, name);
  const type = await recognise(bytes);
  const kind = type && kinds.get(type.mime);
  if (!type || !kind) throw new Failure('unsupported-type', 'ask', `${name} is ${type?.mime ?? 'of an unknown type'}`);
  return { mime: type.mime, extension: type.ext, kind };
}

function xmlType(root: string, name: string): FileType {
  if (invoiceRoots.includes(root)) return { mime: 'application/xml', extension: 'xml', kind: 'e-invoice' };
  throw new Failure('unsupported-type', 'ask', `${name} is XML of ${root}`);
}

/** A broken container can make the recogniser give up: then its type is unknown. */
async function recognise(bytes: Uint8Array): Promise<{ mime: string; ext: string } | undefined> {
  try {
    return await fileTypeFromBuffer(bytes);
  } catch {
    return undefined;
  }
}
