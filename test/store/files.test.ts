import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import mongoose from 'mongoose';
import { createFiles, type Files, sha256Of } from '../../src/store/files.ts';
import { aStore } from '../support/store.ts';

const { connection } = await aStore({ after });
const files: Files = await createFiles(connection);

function aFile(sizeBytes: number) {
  const bytes = randomBytes(sizeBytes);
  return { bytes, meta: { sha256: sha256Of(bytes), mime: 'image/jpeg' } };
}

function chunksOf(sha256: string) {
  return connection.collection<{ files_id: string; n: number }>('fs.chunks').countDocuments({ files_id: sha256 });
}

const missing = { code: 'not-found', recovery: 'dead-letter' };

test('a file comes back as it was put, whatever its size', async () => {
  for (const sizeBytes of [0, 1, 1_048_576, 1_048_577, 5_000_000]) {
    const { bytes, meta } = aFile(sizeBytes);

    await files.put(bytes, meta);

    assert.ok((await files.get(meta.sha256)).equals(bytes), `${sizeBytes} bytes`);
  }
});

test('the same content put many times at once is kept once', async () => {
  const { bytes, meta } = aFile(2_500_000);

  await Promise.all(Array.from({ length: 6 }, () => files.put(bytes, meta)));

  assert.equal(await chunksOf(meta.sha256), 3);
  assert.ok((await files.get(meta.sha256)).equals(bytes));
});

test('any GridFS client can read the file', async () => {
  const { bytes, meta } = aFile(3_000_000);

  await files.put(bytes, meta);

  assert.ok(connection.db);
  // Typed for ObjectId names only; GridFS allows any `_id`.
  const id = meta.sha256 as unknown as mongoose.mongo.ObjectId;
  const stream = new mongoose.mongo.GridFSBucket(connection.db).openDownloadStream(id);
  assert.ok(Buffer.concat(await stream.toArray()).equals(bytes));
});

test('a file whose writer was killed half-way does not exist, and putting it again makes it whole', async () => {
  const { bytes, meta } = aFile(3_000_000);
  await files.put(bytes, meta);
  await connection.collection<{ _id: string }>('fs.files').deleteOne({ _id: meta.sha256 });
  await connection.collection('fs.chunks').deleteOne({ files_id: meta.sha256, n: 1 });

  await assert.rejects(files.get(meta.sha256), missing);
  await files.put(bytes, meta);

  assert.ok((await files.get(meta.sha256)).equals(bytes));
});

test('a file that lost a piece is refused, and putting it again heals it', async () => {
  const { bytes, meta } = aFile(3_000_000);
  await files.put(bytes, meta);
  await connection.collection('fs.chunks').deleteOne({ files_id: meta.sha256, n: 1 });

  await assert.rejects(files.get(meta.sha256), missing);
  await files.put(bytes, meta);

  assert.ok((await files.get(meta.sha256)).equals(bytes));
});

test('a file with a changed byte is refused', async () => {
  const { bytes, meta } = aFile(1000);
  await files.put(bytes, meta);
  const changed = new mongoose.mongo.Binary(Buffer.alloc(1000));
  await connection.collection('fs.chunks').updateOne({ files_id: meta.sha256 }, { $set: { data: changed } });

  await assert.rejects(files.get(meta.sha256), { ...missing, message: /is damaged/ });
});

test('bytes that are not those of the hash are not kept', async () => {
  const { meta } = aFile(10);

  await assert.rejects(files.put(Buffer.from('other'), meta), { recovery: 'dead-letter' });

  await assert.rejects(files.get(meta.sha256), missing);
});

test('a removed file is gone, and removing it again is no error', async () => {
  const { bytes, meta } = aFile(1000);
  await files.put(bytes, meta);

  await files.remove(meta.sha256);
  await files.remove(meta.sha256);

  await assert.rejects(files.get(meta.sha256), { ...missing, message: /is missing/ });
  assert.equal(await chunksOf(meta.sha256), 0);
});
