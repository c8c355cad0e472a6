import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCli } from '../support/run-cli.ts';
import { aDataDir, lastFirst } from '../support/store.ts';

test('dead-letters list says that there are none, and not where programs count lines', async (t) => {
  const dataDir = await aDataDir(lastFirst(t));

  const { stdout, stderr, code } = await runCli(['dead-letters', 'list'], { DATA_DIR: dataDir });

  assert.deepEqual([stdout, code], ['', 0]);
  assert.match(stderr, /No hay mensajes fallidos · There are no dead letters/);
});

test('dead-letters replay of a queue that does not exist names those that do and fails', async (t) => {
  const dataDir = await aDataDir(lastFirst(t));

  const { stdout, stderr, code } = await runCli(['dead-letters', 'replay', 'nosuchqueue'], { DATA_DIR: dataDir });

  assert.deepEqual([stdout, code], ['', 1]);
  assert.match(stderr, /No existe la cola nosuchqueue · There is no queue nosuchqueue: .*read, classify/);
});
