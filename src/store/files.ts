import { createHash } from 'node:crypto';
import mongoose from 'mongoose';
import { Failure } from '../domain/failure.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';
import { isDuplicateKey } from './duplicate-key.ts';

interface FileMeta {
  /** Lower-case hex SHA-256 of the bytes: the file's only name. */
  sha256: string;
  mime: string;
}

/** The documents' bytes, one copy per content, readable by any worker on any host. */
export interface Files {
  /** Keeps the bytes; journaled when it resolves. The same content may be put twice, by two processes at once, and again after a kill. */
  put(bytes: Uint8Array, meta: FileMeta): Promise<void>;
  /** The whole file, checked against its hash. Throws Failure `not-found` (dead-letter) when it is missing or damaged. */
  get(sha256: string): Promise<Buffer>;
  /** Forgets the file; no error when there is none. */
  remove(sha256: string): Promise<void>;
}

/** GridFS (fs.files, fs.chunks) with the hash as `_id`, so that every write of the same content is the same write. */
interface FileDocument {
  _id: string;
  length: number;
  chunkSize: number;
  uploadDate: Date;
  filename: string;
  metadata: { mime: string };
}
interface ChunkDocument {
  files_id: string;
  n: number;
  data: mongoose.mongo.Binary;
}

/** Any size is valid GridFS; 1 MiB makes one to three chunks of a usual photo. */
const chunkBytes = 1_048_576;
const putAttempts = 3;

export async function createFiles(connection: mongoose.Connection): Promise<Files> {
  const files = connection.collection<FileDocument>('fs.files');
  const chunks = connection.collection<ChunkDocument>('fs.chunks');
  await withDatabaseRetry(() => chunks.createIndex({ files_id: 1, n: 1 }, { unique: true }), buildingIndexes);

  async function isWhole({ sha256 }: FileMeta, sizeBytes: number): Promise<boolean> {
    const file = await files.findOne({ _id: sha256 });
    return file !== null && (await chunks.countDocuments({ files_id: sha256 })) === chunkCount(sizeBytes);
  }

  /** Chunks first, the file's document last: what is not whole has no document and so does not exist. */
  async function write(bytes: Uint8Array, { sha256, mime }: FileMeta): Promise<void> {
    const writes = split(bytes).map((data, n) => ({
      replaceOne: { filter: { files_id: sha256, n }, replacement: { files_id: sha256, n, data }, upsert: true },
    }));
    if (writes.length > 0) await ignoringDuplicates(chunks.bulkWrite(writes, { ordered: false }));
    const file = {
      length: bytes.length,
      chunkSize: chunkBytes,
      uploadDate: new Date(),
      filename: sha256,
      metadata: { mime },
    };
    await ignoringDuplicates(files.updateOne({ _id: sha256 }, { $setOnInsert: file }, { upsert: true }));
  }

  async function putOnce(bytes: Uint8Array, meta: FileMeta): Promise<void> {
    for (let attempt = 0; attempt < putAttempts; attempt += 1) {
      if (await isWhole(meta, bytes.length)) return;
      await write(bytes, meta);
    }
    // Somebody removes this very file all the while.
    if (!(await isWhole(meta, bytes.length)))
      throw new Failure('internal', 'retry', `file ${meta.sha256} does not stay`);
  }

  return {
    put: async (bytes, meta) => {
      if (sha256Of(bytes) !== meta.sha256) throw new Failure('internal', 'dead-letter', 'bytes and sha256 differ');
      await withDatabaseRetry(() => putOnce(bytes, meta));
    },
    get: (sha256) =>
      withDatabaseRetry(async () => {
        const found =
          (await files.findOne({ _id: sha256 })) && (await chunks.find({ files_id: sha256 }).sort({ n: 1 }).toArray());
        const bytes = Buffer.concat((found ?? []).map((chunk) => chunk.data.buffer));
        if (!found || sha256Of(bytes) !== sha256) {
          throw new Failure('not-found', 'dead-letter', `file ${sha256} is ${found ? 'damaged' : 'missing'}`);
        }
        return bytes;
      }),
    remove: (sha256) =>
      withDatabaseRetry(async () => {
        await files.deleteOne({ _id: sha256 });
        await chunks.deleteMany({ files_id: sha256 });
      }),
  };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function chunkCount(sizeBytes: number): number {
  return Math.ceil(sizeBytes / chunkBytes);
}

function split(bytes: Uint8Array): mongoose.mongo.Binary[] {
  return Array.from(
    { length: chunkCount(bytes.length) },
    (_, n) => new mongoose.mongo.Binary(bytes.subarray(n * chunkBytes, (n + 1) * chunkBytes)),
  );
}

/** Two upserts of one new key at once: the later is told so, and both meant the same content. */
async function ignoringDuplicates(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}
