import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { connectStore } from '../../src/store/connect.ts';
import { aDataDir, aStore, lastFirst, quiet, runtimeDir } from '../support/store.ts';

test('a write is acknowledged when it is in the journal', async (t) => {
  const { connection } = await aStore(t);

  const { writeConcern } = connection.getClient().options;

  assert.ok(writeConcern);
  assert.equal(writeConcern.journal, true);
});

test('an unreachable server is a failure to retry that keeps the password to itself', async () => {
  const mongodbUri = 'mongodb://user:secret@127.0.0.1:1/?serverSelectionTimeoutMS=50&authSource=admin';

  const connecting = connectStore({ mongodbUri, dataDir: 'unused', runtimeDir, log: quiet });

  await assert.rejects(connecting, (error: Error & { code?: string }) => {
    assert.equal(error.code, 'database-unavailable');
    assert.match(error.message, /MONGODB_URI.*127\.0\.0\.1:1/);
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
});

test('a data directory that cannot be used is an expected failure that names it', async (t) => {
  const dataDir = join(await aDataDir(t), 'a-file');
  await writeFile(dataDir, 'in the way');

  const connecting = connectStore({ dataDir, runtimeDir, log: quiet });

  await assert.rejects(connecting, { name: 'Failure', code: 'database-unavailable', message: /DATA_DIR \(.*a-file\)/ });
});

test('a reconnecting store finds what was written before', async (context) => {
  const t = lastFirst(context);
  const dataDir = await aDataDir(t);
  const first = await connectStore({ dataDir, runtimeDir, log: quiet });
  await first.connection.collection<{ _id: string }>('notes').insertOne({ _id: 'kept' });
  await first[Symbol.asyncDispose]();

  const second = await connectStore({ dataDir, runtimeDir, log: quiet });
  t.after(async () => {
    await second.connection.close();
    await second.engine?.stop();
  });

  assert.equal(await second.connection.collection('notes').countDocuments(), 1);
});
