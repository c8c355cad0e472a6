import { gunzipSync } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { Failure } from '../../domain/failure.ts';

const mebibyte = 1024 * 1024;

/** A mailed invoice is one XML and one PDF; a month of them some hundred files. */
const limits = { entries: 500, unpackedBytes: 32 * mebibyte, fileBytes: 5 * mebibyte, ratio: 200, nesting: 1 };

export interface PackedFile {
  /** As the archive names it; never used as a path. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** How much may still be unpacked, over all archives in archives. */
interface Allowance {
  bytes: number;
  entries: number;
}

/**
 * The files of a ZIP that `wanted` names, and those of the ZIPs directly in it. Nothing else is unpacked.
 * @throws {Failure} `too-large` for what would unpack to too much, `damaged-file` for what is no whole archive.
 */
export async function unzip(bytes: Uint8Array, wanted: (name: string) => boolean): Promise<PackedFile[]> {
  return unzipWithin(bytes, wanted, { bytes: limits.unpackedBytes, entries: limits.entries }, 0);
}

/** What is in a gzip file, up to 5 MB. Throws like `unzip`. */
export function gunzip(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: limits.fileBytes });
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    throw new Failure(isTooLarge ? 'too-large' : 'damaged-file', 'ask', 'gzip cannot be unpacked', { cause: error });
  }
}

async function unzipWithin(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  left: Allowance,
  nesting: number,
): Promise<PackedFile[]> {
  const files: PackedFile[] = [];
  for await (const { name, bytes: content } of entriesOf(bytes, (each) => wanted(each) || isZip(each), left)) {
    if (!isZip(name)) files.push({ name, bytes: content });
    else if (nesting < limits.nesting) files.push(...(await unzipWithin(content, wanted, left, nesting + 1)));
  }
  return files;
}

function isZip(name: string): boolean {
  return /\.zip$/i.test(name);
}

async function* entriesOf(bytes: Uint8Array, wanted: (name: string) => boolean, left: Allowance) {
  const zip = await opened(bytes);
  try {
    for await (const entry of zip.eachEntry()) {
      const { fileName, uncompressedSize } = entry;
      left.entries -= 1;
      if (left.entries < 0) throw new Failure('too-large', 'ask', `more than ${limits.entries} files in the ZIP`);
      if (fileName.endsWith('/') || !wanted(fileName)) continue;
      left.bytes -= uncompressedSize;
      checkSize(entry, left);
      yield { name: fileName, bytes: await contentOf(zip, entry) };
    }
  } catch (error) {
    throw asDamaged(error);
  } finally {
    zip.close();
  }
}

async function opened(bytes: Uint8Array): Promise<ZipFile> {
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return await fromBufferPromise(buffer, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  } catch (error) {
    throw asDamaged(error);
  }
}

/** Sizes are the archive's own claim; yauzl stops unpacking where the content is longer than claimed. */
function checkSize({ fileName, uncompressedSize, compressedSize }: Entry, left: Allowance): void {
  const ratio = uncompressedSize / Math.max(compressedSize, 1);
  if (left.bytes < 0 || uncompressedSize > limits.fileBytes || (ratio > limits.ratio && uncompressedSize > mebibyte)) {
    throw new Failure('too-large', 'ask', `${fileName} would unpack to ${uncompressedSize} bytes`);
  }
}

async function contentOf(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  if (entry.isEncrypted()) throw new Failure('damaged-file', 'ask', `${entry.fileName} is encrypted`);
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function asDamaged(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure('damaged-file', 'ask', 'the ZIP cannot be unpacked', { cause: error });
}
