import assert from 'node:assert/strict';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Result } from '../../src/domain/result.ts';
import { aPurchase, aReceiptPicture } from '../support/receipt-picture.ts';
import { runCli } from '../support/run-cli.ts';
import { aDataDir } from '../support/store.ts';

async function aFolder(t: TestContext) {
  const folder = await aDataDir(t);
  const path = (name: string) => join(folder, name);
  const env = { DATA_DIR: path('data') };
  const purchase = aPurchase(7);
  await writeFile(path('recibo.png'), await aReceiptPicture(purchase.rows));
  return { path, env, purchase };
}

function lines(stdout: string): unknown[] {
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

test('`process --json` prints one line a file, in the order given, in the stable form', async (t) => {
  const { path, env, purchase } = await aFolder(t);
  await writeFile(path('otro.png'), await aReceiptPicture(aPurchase(8).rows));

  const { stdout, code } = await runCli(['process', path('recibo.png'), path('otro.png'), '--json'], env);

  const [first, second] = lines(stdout).map((line) => Result.parse(line));
  assert.equal(code, 0);
  assert.equal(first?.file, path('recibo.png'));
  assert.equal(second?.file, path('otro.png'));
  assert.equal(first.kind, 'receipt');
  assert.equal(first.fields.total?.value, purchase.total);
  assert.equal(first.fields.date?.value, '2026-01-14');
  assert.equal(first.fields.folio?.value, purchase.folio);
  assert.deepEqual([first.ocr?.provider, first.ocr?.profile], ['paddle', 'balanced']);
});

test('a file that cannot be read gets a line with its error, the others go on, and the exit code is 1', async (t) => {
  const { path, env } = await aFolder(t);
  await writeFile(path('vacio.jpg'), '');
  await writeFile(path('nota.jpg'), 'esto no es una foto');
  const files = ['vacio.jpg', 'nota.jpg', 'falta.jpg', 'recibo.png'].map(path);

  const { stdout, code } = await runCli(['process', ...files, '--json'], env);

  const told = lines(stdout).map((line) => line as { file: string; error?: { code: string; message: string } }); // printed by us
  assert.equal(code, 1);
  assert.deepEqual(
    told.map(({ error }) => error?.code),
    ['empty-file', 'unsupported-type', 'not-found', undefined],
  );
  assert.match(told[0]?.error?.message ?? '', /vacío/);
});

test('a folder or a device is refused unread, in words and without a trace', async (t) => {
  const { path, env } = await aFolder(t);

  const { stdout, stderr, code } = await runCli(['process', path('.'), '/dev/zero', '--json'], env);

  const told = lines(stdout).map((line) => line as { error?: { code: string } }); // printed by us
  assert.deepEqual(
    told.map(({ error }) => error?.code),
    ['unsupported-type', 'unsupported-type'],
  );
  assert.equal(code, 1);
  assert.equal(stderr, '');
});

test('the same file again is the same ticket; its copy is a DUPLICATE that shows the same values', async (t) => {
  const { path, env, purchase } = await aFolder(t);
  await copyFile(path('recibo.png'), path('copia.png'));
  await runCli(['process', path('recibo.png'), '--json'], env);

  const { stdout } = await runCli(['process', path('recibo.png'), path('copia.png'), '--json'], env);

  const [first, copy] = lines(stdout).map((line) => Result.parse(line));
  assert.equal(copy?.stage, 'DUPLICATE');
  assert.equal(copy.duplicateOf, first?.ticketId);
  assert.equal(copy.fields.total?.value, purchase.total);
});

test('without --json a person reads what the bot would say, in the language asked for', async (t) => {
  const { path, env } = await aFolder(t);

  const { stdout } = await runCli(['process', path('recibo.png'), '--language', 'en'], env);

  assert.match(stdout, /── .*recibo\.png\nReceipt/);
  assert.match(stdout, /Total: /);
});

test('wrong variables are named before anything starts', async (t) => {
  const { path, env } = await aFolder(t);

  const { stderr, code } = await runCli(['process', path('recibo.png')], { ...env, PORT: 'abc', OCR_BACKENDS: 'x' });

  assert.equal(code, 1);
  assert.match(stderr, /PORT/);
  assert.match(stderr, /OCR_BACKENDS/);
});
