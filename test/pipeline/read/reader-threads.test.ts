import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { deflateSync } from 'node:zlib';
import { Failure } from '../../../src/domain/failure.ts';
import { createReader, type ReaderOptions } from '../../../src/pipeline/read/reader.ts';
import { drawReceipt } from './drawn-receipt.ts';
import { writePdf } from './written-pdf.ts';

const projectDir = fileURLToPath(new URL('../../..', import.meta.url));
const silent = { info: () => undefined, warn: () => undefined };
const receipt = { bytes: drawReceipt(), mime: 'image/png', profile: 'balanced' } as const;

async function aReader(options: Partial<ReaderOptions> = {}) {
  const reader = await createReader({ backends: ['paddle'], workers: 1, log: silent, ...options });
  return { ...reader, [Symbol.asyncDispose]: reader.close };
}

const retriesWith = (code: string) => (error: unknown) =>
  error instanceof Failure && error.code === code && error.recovery === 'retry';

test('a page that takes too long is given up and its thread replaced', async () => {
  await using reader = await aReader({ pageTimeoutMs: 1 });

  await assert.rejects(reader.read(receipt), retriesWith('read-timeout'));
  await assert.rejects(reader.read(receipt), retriesWith('read-timeout'));
});

test('a document that takes too long is given up though each page is in time', async () => {
  await using reader = await aReader({ documentTimeoutMs: 1 });

  await assert.rejects(reader.read(receipt), retriesWith('read-timeout'));
});

test('a document that finds no thread in time is to be tried again', async () => {
  await using reader = await aReader({ waitTimeoutMs: 30 });
  const slow = reader.read({ ...receipt, bytes: drawReceipt() });

  await assert.rejects(reader.read(receipt), retriesWith('reader-unavailable'));
  assert.equal((await slow).provider, 'paddle');
});

test('the caller can give up, at once or midway, and the next document is read', async () => {
  await using reader = await aReader();
  const reason = new Error('no longer wanted');
  const controller = new AbortController();

  await assert.rejects(reader.read({ ...receipt, signal: AbortSignal.abort(reason) }), reason);
  const midway = reader.read({ ...receipt, signal: controller.signal, onProgress: () => controller.abort(reason) });

  await assert.rejects(midway, reason);
  assert.equal((await reader.read(receipt)).provider, 'paddle');
});

test('documents given up at any moment, and a reader closed right after, are no end of the process', async () => {
  const reader = await aReader({ workers: 2 });
  for (const giveUpAfterMs of [0, 50, 100, 150, 200, 250, 300, 350]) {
    const reading = reader.read({ ...receipt, signal: AbortSignal.timeout(giveUpAfterMs) });
    await reading.catch((error: unknown) => assert.equal(error instanceof Error && error.name, 'TimeoutError'));
  }

  await reader[Symbol.asyncDispose]();
});

test('a thread that runs out of memory fails its document only, and is replaced', async () => {
  await using reader = await aReader({ workerHeapMb: 64 });
  const endless = Array.from({ length: 200_000 }, (_, index) => `TEXTO ${index} QUE NO TERMINA`);
  const bomb = { bytes: writePdf([{ lines: endless }]), mime: 'application/pdf', profile: 'balanced' } as const;

  await assert.rejects(reader.read(bomb), retriesWith('reader-unavailable'));
  assert.equal((await reader.read(receipt)).provider, 'paddle');
});

test('a small PDF that unpacks without end is refused before memory runs out', async () => {
  await using reader = await aReader({ documentMemoryMb: 128 });
  const bytes = writePdf([{ deflated: deflateSync(Buffer.alloc(400_000_000, ' '), { level: 1 }) }]);
  const bomb = { bytes, mime: 'application/pdf', profile: 'balanced' } as const;

  await assert.rejects(reader.read(bomb), { code: 'too-large', recovery: 'ask' });
  assert.equal((await reader.read(receipt)).provider, 'paddle');
});

test('documents are read side by side, one a thread', async () => {
  await using reader = await aReader({ workers: 2 });

  const readings = await Promise.all([1, 2, 3, 4, 5].map(() => reader.read(receipt)));

  assert.ok(readings.every(({ pages }) => pages[0]?.lines.length === 12));
});

test('what libraries remark never gets into the output of the program', async () => {
  const script = `
    const { createReader } = await import('./src/pipeline/read/reader.ts');
    const reader = await createReader({ backends: ['paddle'], workers: 1, log: { info() {}, warn() {} } });
    const bytes = Buffer.from('ftypheic');
    await reader.read({ bytes, mime: 'image/heic', profile: 'balanced' }).catch(({ code }) => console.log(code));
    await reader.close();`;

  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: projectDir,
  });

  assert.match(stderr, /HEIF/);
  assert.equal(stdout, 'damaged-file\n');
});
