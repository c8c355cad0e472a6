import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { engineCommand } from '../../../src/store/engine/launch.ts';
import { aDataDir } from '../../support/store.ts';

test('where the glibc is new enough, or there is none as on macOS, Node runs as it is', async () => {
  assert.deepEqual(await engineCommand('nowhere', 2.41), [process.execPath]);
  assert.deepEqual(await engineCommand('nowhere', 'none'), [process.execPath]);
});

test('where the glibc is older, Node runs under the loader that set-up fetched', async (t) => {
  const runtimeDir = await aDataDir(t);
  const lib = join(runtimeDir, 'glibc', 'lib');
  await mkdir(lib, { recursive: true });
  await writeFile(join(lib, 'ld-linux-x86-64.so.2'), '');

  const command = await engineCommand(runtimeDir, 2.36);

  assert.deepEqual(command, [join(lib, 'ld-linux-x86-64.so.2'), '--library-path', lib, process.execPath]);
});

test('where the glibc is older and no loader was fetched, the error says what to do', async () => {
  await assert.rejects(engineCommand('nowhere', 2.36), /machine has 2\.36.*scripts\/setup\.mjs start.*MONGODB_URI/);
});
