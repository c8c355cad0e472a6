import assert from 'node:assert/strict';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { removeStaleUploads } from '../../src/http/stale-uploads.ts';
import { aDataDir } from '../support/store.ts';

test('uploads of a process that was killed are removed; those in hand and what is not ours stay', async (t) => {
  const folder = await aDataDir(t);
  const longAgo = new Date('2026-01-01T00:00:00Z');
  for (const name of ['recibot-upload-old', 'recibot-upload-new', 'other-old']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'recibot-upload-old/0'), 'a document');
  for (const name of ['recibot-upload-old', 'other-old']) await utimes(join(folder, name), longAgo, longAgo);

  await removeStaleUploads(new Date(), folder);

  assert.deepEqual((await readdir(folder)).sort(), ['other-old', 'recibot-upload-new']);
});
