import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fingerprint, keptFile } from '../../../../../src/pipeline/read/paddle/prepare/kept-file.ts';

const folder = await mkdtemp(join(tmpdir(), 'recibot-kept-'));
after(() => rm(folder, { recursive: true }));

/** Counts how often it is asked. */
function maker(content: string) {
  const make = () => {
    make.calls += 1;
    return Buffer.from(content);
  };
  make.calls = 0;
  return make;
}

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

test('it is made once and read from then on', async () => {
  const path = join(folder, 'deep/once');
  const make = maker('network');

  const first = await keptFile(path, make);
  const second = await keptFile(path, make);

  assert.deepEqual([textOf(first), textOf(second), make.calls], ['network', 'network', 1]);
});

test('a kept file with one byte changed, cut short or emptied is made anew', async () => {
  const path = join(folder, 'damaged');
  await keptFile(path, maker('network'));
  const whole = await readFile(path);
  const flipped = Buffer.from(whole);
  flipped[whole.length - 1] = 0;

  for (const damaged of [flipped, whole.subarray(0, 35), Buffer.alloc(0)]) {
    await writeFile(path, damaged);
    const make = maker('network');

    assert.equal(textOf(await keptFile(path, make)), 'network');
    assert.equal(make.calls, 1);
    assert.deepEqual(await readFile(path), whole);
  }
});

test('many at once all get it and leave one file', async () => {
  const path = join(folder, 'together/file');

  const results = await Promise.all(Array.from({ length: 8 }, () => keptFile(path, maker('network'))));

  assert.ok(results.every((bytes) => textOf(bytes) === 'network'));
  assert.deepEqual(await readdir(join(folder, 'together')), ['file']);
});

test('where nothing can be written it is made each time', async () => {
  await writeFile(join(folder, 'a-file'), '');
  const path = join(folder, 'a-file/not-a-folder/kept');
  const make = maker('network');

  assert.equal(textOf(await keptFile(path, make)), 'network');
  assert.equal(textOf(await keptFile(path, make)), 'network');
  assert.equal(make.calls, 2);
});

test('where only the file cannot be put in place no draft is left behind', async () => {
  const path = join(folder, 'taken');
  await keptFile(join(path, 'inside'), maker('x'));

  assert.equal(textOf(await keptFile(path, maker('network'))), 'network');
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith('taken')),
    ['taken'],
  );
});

test('a failure to make it is told', async () => {
  const failing = () => {
    throw new Error('unknown network');
  };

  await assert.rejects(keptFile(join(folder, 'failing'), failing), /unknown network/);
});

test('every part counts for the fingerprint, and where it ends', () => {
  const prints = [
    fingerprint(['1', 'ab']),
    fingerprint(['2', 'ab']),
    fingerprint(['1a', 'b']),
    fingerprint(['1', 'a']),
  ];

  assert.equal(new Set(prints).size, 4);
  assert.equal(fingerprint(['1', Buffer.from('ab')]), prints[0]);
});
