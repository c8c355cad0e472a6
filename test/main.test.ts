import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Result } from '../src/domain/result.ts';
import { eventually } from './support/eventually.ts';
import { startServiceProcess } from './support/process-service.ts';
import { aPurchase, aReceiptPicture } from './support/receipt-picture.ts';
import { runCli } from './support/run-cli.ts';
import { aDataDir } from './support/store.ts';

test('SIGTERM lets what is in hand end, loses nothing, and the process leaves by itself with 0', async (t) => {
  const dataDir = await aDataDir(t);
  const service = await startServiceProcess(dataDir);
  const body = new FormData();
  const picture = await aReceiptPicture(aPurchase(1).rows);
  body.append('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'recibo.png');
  const answer = await fetch(`${service.address}/api/upload`, { method: 'POST', body });

  const code = await service.stop();

  assert.equal(answer.status, 200);
  assert.equal(code, 0, service.output());
  await using again = await startServiceProcess(dataDir);
  await eventually(async () => {
    const { tickets } = (await (await fetch(`${again.address}/api/tickets`)).json()) as {
      tickets: { stage: string }[];
    }; // our own API
    return tickets.map(({ stage }) => /COMPLETED|HUMAN_REVIEW/.test(stage));
  }, [true]);
});

test('a file put into the inbox folder is moved through the folders and its result lies beside them', async (t) => {
  const dataDir = await aDataDir(t);
  await using _service = await startServiceProcess(dataDir);
  const purchase = aPurchase(2);

  await writeFile(join(dataDir, 'inbox/recibo.png'), await aReceiptPicture(purchase.rows));
  await writeFile(join(dataDir, 'inbox/nota.jpg'), 'no es una foto');

  await eventually(() => readdir(join(dataDir, 'processed')), ['recibo.png']);
  await eventually(() => readdir(join(dataDir, 'errors')), ['nota.jpg']);
  await eventually(async () => (await readdir(join(dataDir, 'results'))).sort(), ['nota.jpg.json', 'recibo.png.json']);
  const result = Result.parse(JSON.parse(await readFile(join(dataDir, 'results/recibo.png.json'), 'utf8')));
  assert.equal(result.fields.total?.value, purchase.total);
  assert.deepEqual(await readdir(join(dataDir, 'inbox')), []);
  assert.deepEqual(await readdir(join(dataDir, 'processing')), []);
});

test('the command works beside the running service, on the same data', async (t) => {
  const dataDir = await aDataDir(t);
  await using service = await startServiceProcess(dataDir);
  const file = join(dataDir, 'recibo.png');
  await writeFile(file, await aReceiptPicture(aPurchase(3).rows));

  const { stdout, code } = await runCli(['process', file, '--json'], { DATA_DIR: dataDir, OCR_BACKENDS: 'paddle' });

  const { ticketId } = Result.parse(JSON.parse(stdout));
  assert.equal(code, 0);
  const answer = await fetch(`${service.address}/api/tickets/${ticketId}`);
  assert.equal(answer.status, 200);
});

test('the log tells a ticket’s story by its id, and none of what the document says', async (t) => {
  const dataDir = await aDataDir(t);
  const purchase = aPurchase(4);
  const service = await startServiceProcess(dataDir);
  await writeFile(join(dataDir, 'inbox/recibo.png'), await aReceiptPicture(purchase.rows));
  await eventually(() => readdir(join(dataDir, 'processed')), ['recibo.png']);

  await service.stop();

  const lines = service
    .output()
    .split('\n')
    .filter((line) => line.includes('ticketId'));
  const told = lines.map((line) => JSON.parse(line) as { msg: string; queue?: string }); // pino's own lines
  assert.deepEqual(
    told.map(({ msg, queue }) => queue ?? msg),
    ['document kept', 'read', 'classify', 'extract', 'answered'],
  );
  assert.doesNotMatch(service.output(), new RegExp(`${purchase.folio}|${purchase.total}|MUESTRA`));
});

test('a port that is taken is said in plain words, with what to do', async (t) => {
  await using first = await startServiceProcess(await aDataDir(t), { ROLES: 'api' });
  const { port } = new URL(first.address);

  const second = startServiceProcess(await aDataDir(t), { ROLES: 'api', PORT: port });

  await assert.rejects(second, (error: Error) => {
    assert.match(error.message, /No se puede escuchar en 127\.0\.0\.1/);
    assert.match(error.message, /ended with 1/);
    assert.doesNotMatch(error.message, /node:net|\.ts:\d+/);
    return true;
  });
});
