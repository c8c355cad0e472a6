import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Failure } from '../domain/failure.ts';
import { uploadFolderPrefix } from './stale-uploads.ts';

/** Seed 4: up to 16 MB a file, 50 files or 100 MB a request. */
export const uploadLimits = { fileBytes: 16 * 1024 * 1024, files: 50, requestBytes: 100 * 1024 * 1024 };

const fieldLimits = { fields: 20, fieldSize: 1000, fieldNameSize: 100 };
/** Requests of one route whose files are taken in at once: each holds one file, some three times over on its way to the database. */
export const takenInAtOnce = 4;
/** Boundaries and headers around the files' bytes. */
const envelopeBytes = 1024 * 1024;

export interface SpooledFile {
  /** As the client named it: hostile. */
  name: string;
  sizeBytes: number;
  isTooLarge: boolean;
  read(): Promise<Buffer>;
}

/** A multipart request whose files lie on disk, so that memory holds one file at a time whatever is sent. */
export interface SpooledUpload extends AsyncDisposable {
  fields: Record<string, string>;
  files: SpooledFile[];
}

/**
 * Reads a multipart request to its end; `await using` removes its files from the disk.
 * @throws {Failure} `too-many-files` for too many files or bytes in all, `invalid-request` for a broken form or none.
 */
export async function spoolUpload(request: FastifyRequest, limits = uploadLimits): Promise<SpooledUpload> {
  if (!request.isMultipart()) throw new Failure('invalid-request', 'ask', 'not a multipart form');
  if (Number(request.headers['content-length'] ?? 0) > limits.requestBytes + envelopeBytes) throw tooMuch();
  const folder = await mkdtemp(join(tmpdir(), uploadFolderPrefix));
  const upload: SpooledUpload = {
    fields: {},
    files: [],
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
  try {
    await spoolParts(request, upload, folder, limits);
    return upload;
  } catch (error) {
    await upload[Symbol.asyncDispose]();
    throw toUploadFailure(error);
  }
}

async function spoolParts(request: FastifyRequest, upload: SpooledUpload, folder: string, limits: typeof uploadLimits) {
  const budget = countBytes(limits.requestBytes);
  // One byte more than allowed is let through, so that a file of exactly the limit is no truncated one.
  const partLimits = { ...fieldLimits, files: limits.files, fileSize: limits.fileBytes + 1 };
  for await (const part of request.parts({ limits: partLimits })) {
    if (part.type === 'file') {
      upload.files.push(await spoolFile(part, join(folder, String(upload.files.length)), budget(), limits.fileBytes));
    } else keepField(part, upload.fields);
  }
}

async function spoolFile(part: MultipartFile, path: string, budget: Transform, limit: number): Promise<SpooledFile> {
  const out = createWriteStream(path, { mode: 0o600 });
  await pipeline(part.file, budget, out);
  const isTooLarge = out.bytesWritten > limit;
  return { name: part.filename ?? '', sizeBytes: out.bytesWritten, isTooLarge, read: () => readFile(path) };
}

function keepField(part: Exclude<Multipart, MultipartFile>, fields: Record<string, string>): void {
  if (part.valueTruncated || part.fieldnameTruncated || typeof part.value !== 'string') {
    throw new Failure('invalid-request', 'ask', 'a form field is too long');
  }
  fields[part.fieldname] = part.value;
}

/** Makes counters that share one budget of bytes. */
function countBytes(budget: number): () => Transform {
  let total = 0;
  return () =>
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        total += chunk.length;
        done(total > budget ? tooMuch() : null, chunk);
      },
    });
}

function tooMuch(): Failure {
  return new Failure('too-many-files', 'ask', 'the request has too many files or bytes');
}

/** Limits of the parser carry status 413; what else a parser throws is a form that it could not read. */
function toUploadFailure(error: unknown): unknown {
  if (error instanceof Failure) return error;
  if (!(error instanceof Error)) return error;
  if ('statusCode' in error && error.statusCode === 413) return tooMuch();
  const isOfTheDisk = 'syscall' in error && 'errno' in error;
  return isOfTheDisk ? error : new Failure('invalid-request', 'ask', `broken form: ${error.message}`, { cause: error });
}
