import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineName, OcrEngine } from '../../../src/pipeline/read/engine.ts';
import { createFailoverEngines } from '../../../src/pipeline/read/failover.ts';

const raster = { data: new Uint8Array(3), width: 1, height: 1 };

/** An engine that fails its first `failures` openings or pages, and remembers what was done to it. */
function anEngine(name: EngineName, { failures = 0, fails = 'read' as 'open' | 'read' } = {}) {
  const log: string[] = [];
  let left = failures;
  const step = (action: string): void => {
    log.push(action);
    if (action === fails && left-- > 0) throw new Error(`${name} is broken`);
  };
  const engine: OcrEngine = {
    name,
    read: async () => {
      step('read');
      return [];
    },
    close: async () => step('close'),
  };
  const open = async () => {
    step('open');
    return engine;
  };
  return { name, open, log };
}

test('the first engine reads; the second is not even opened', async () => {
  const [first, second] = [anEngine('paddle'), anEngine('tesseract')];
  const engines = createFailoverEngines([first, second], () => undefined);

  await engines.warm();

  assert.equal((await engines.read(raster, 'balanced')).provider, 'paddle');
  assert.deepEqual([first.log, second.log], [['open', 'read'], []]);
});

test('when an engine fails on a page the next one reads it, and the failed one is opened anew', async () => {
  const [first, second] = [anEngine('paddle', { failures: 1 }), anEngine('tesseract')];
  const failed: EngineName[] = [];
  const engines = createFailoverEngines([first, second], (name) => failed.push(name));

  const providers = [await engines.read(raster, 'balanced'), await engines.read(raster, 'balanced')];

  assert.deepEqual(
    providers.map(({ provider }) => provider),
    ['tesseract', 'paddle'],
  );
  assert.deepEqual(failed, ['paddle']);
  assert.deepEqual(first.log, ['open', 'read', 'close', 'open', 'read']);
});

test('an engine that does not open is left for the next', async () => {
  const [first, second] = [anEngine('paddle', { failures: 9, fails: 'open' }), anEngine('tesseract')];
  const engines = createFailoverEngines([first, second], () => undefined);

  await engines.warm();

  assert.equal((await engines.read(raster, 'balanced')).provider, 'tesseract');
});

test('when all fail the document is to be tried again', async () => {
  const engines = createFailoverEngines([anEngine('paddle', { failures: 9 })], () => undefined);

  await assert.rejects(engines.read(raster, 'balanced'), { code: 'reader-unavailable', recovery: 'retry' });
});

test('closing closes what was opened', async () => {
  const [first, second] = [anEngine('paddle'), anEngine('tesseract')];
  const engines = createFailoverEngines([first, second], () => undefined);
  await engines.warm();

  await engines.close();

  assert.deepEqual([first.log, second.log], [['open', 'close'], []]);
});
