/** From `node src/main.ts` to a ready service and to the first answer, on an empty and on a used data directory: `node bench/start.ts [--json]`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openChat } from '../test/chaos/web-client.ts';
import { startServiceProcess } from '../test/support/process-service.ts';
import { aPurchase, aReceiptPicture } from '../test/support/receipt-picture.ts';

interface Row {
  run: string;
  readyMs: number;
  firstAnswerMs: number;
}

async function measure(run: string, dataDir: string, number: number): Promise<Row> {
  const began = performance.now();
  await using service = await startServiceProcess(dataDir, { LOG_LEVEL: 'warn', OCR_WORKERS: '2' });
  const readyMs = Math.round(performance.now() - began);
  const chat = await openChat(service.address);
  const picture = await aReceiptPicture(aPurchase(number).rows);
  const ticketId = await chat.send(`message-${number}`, 'ticket.png', new Uint8Array(picture));
  while (!(await chat.history()).entries.some((entry) => entry.type === 'answer' && entry.ticketId === ticketId))
    await pause(20);
  return { run, readyMs, firstAnswerMs: Math.round(performance.now() - began) };
}

const dataDir = await mkdtemp(join(tmpdir(), 'recibot-bench-'));
const rows: Row[] = [];
for (const [number, run] of ['empty data directory', 'again', 'again'].entries())
  rows.push(await measure(run, dataDir, number));
await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
if (process.argv.includes('--json')) console.log(JSON.stringify(rows));
else console.table(rows);
