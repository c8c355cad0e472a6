import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderStore } from '../src/compliance/backup/folder.ts';
import { createCompliance } from '../src/compliance/compliance.ts';
import { defaultRateLimits } from '../src/domain/rate-limits.ts';
import { nothingRead } from '../src/domain/ticket.ts';
import { parseEInvoice } from '../src/pipeline/einvoice/parse-e-invoice.ts';
import { createProviderMeter } from '../src/resilience/provider-metrics.ts';
import { createSecrets } from '../src/secrets/secrets.ts';
import { createAllowances } from '../src/store/allowances.ts';
import { createComplianceRecords } from '../src/store/compliance-records.ts';
import { createCredentials } from '../src/store/credentials.ts';
import { createFiles, sha256Of } from '../src/store/files.ts';
import { createTickets } from '../src/store/tickets.ts';
import { aTicket } from '../test/support/builders.ts';
import { aCfdi } from '../test/support/e-invoices.ts';
import { realClock } from '../test/support/real-clock.ts';
import { aSatServer } from '../test/support/sat-server.ts';
import { aStore, quiet } from '../test/support/store.ts';

/**
 * One sweep of many invoices while the SAT gives no answer at all: `node bench/compliance.ts [records]`. Counted are the time of the
 * sweep, in which copies are made for 30 s at most, the calls that were made, and how fast the rest gets its copies.
 */
const count = Number(process.argv[2] ?? 10_000);

await using ends = new AsyncDisposableStack();
const owner = { after: (end: () => unknown) => ends.defer(async () => void (await end())) };
const { connection } = await aStore(owner);
const sat = await aSatServer(owner);
sat.behave('silent');
const backups = await mkdtemp(join(tmpdir(), 'recibot-bench-'));
ends.defer(() => rm(backups, { recursive: true }));
const records = await createComplianceRecords(connection);
const [files, tickets] = [await createFiles(connection), await createTickets(connection, realClock, () => null)];
const compliance = createCompliance({
  settings: { isOn: true, satUrl: sat.url, dianUrl: sat.url, rateLimits: { ...defaultRateLimits } },
  ...{ records, tickets, files, clock: realClock, log: quiet, meter: createProviderMeter() },
  credentials: createCredentials(connection, createSecrets(Buffer.alloc(32).toString('base64')), realClock),
  allowances: await createAllowances(connection, realClock),
  blobs: createFolderStore(backups),
  ...{ ownTaxIds: async () => [], tell: async () => undefined, isSilent: () => true, alert: async () => undefined },
});
await fill();

const loop = watchLoop();
const began = performance.now();
const swept = await compliance.sweep(new AbortController().signal);
const seconds = (performance.now() - began) / 1000;
const { maxMs } = loop.stop();
const copiedAtOnce = count - (await countWithoutCopy());
const copied = await measureCopies();

const statuses = await records.counts();
assert.equal(
  statuses.reduce((sum, one) => sum + one.count, 0),
  count,
);
assert.ok(statuses.every(({ status }) => status === 'FALLBACK' || status === 'RETRY'));
const result = {
  records: count,
  seconds: Number(seconds.toFixed(1)),
  calls: sat.asked.length,
  ...swept,
  copiedAtOnce,
  copiesPerSecond: copied,
  longestBlockMs: maxMs,
  cpu: cpus()[0]?.model,
};
console.table([result]);
console.log(JSON.stringify(result));

async function countWithoutCopy(): Promise<number> {
  return (await records.withoutBackup(count)).length;
}

/** How fast the rest gets its copies. */
async function measureCopies(): Promise<number> {
  const start = performance.now();
  const made = await compliance.backups.backUpWaiting(AbortSignal.timeout(20_000));
  return Math.round((made / (performance.now() - start)) * 1000);
}

/** Invoices that wait for their first answer, each with its ticket; their file is the same. */
async function fill(): Promise<void> {
  const bytes = Buffer.from(aCfdi());
  const invoice = parseEInvoice(bytes);
  const file = { sha256: sha256Of(bytes), name: 'factura.xml', mime: 'application/xml', sizeBytes: bytes.length };
  await files.put(bytes, file);
  const now = new Date();
  for (let number = 0; number < count; number += 1) {
    const uuid = `5A1B2C3D-0000-4000-8000-${number.toString(16).toUpperCase().padStart(12, '0')}`;
    const ticket = aTicket({
      ...nothingRead,
      kind: 'e_invoice',
      stage: 'COMPLETED',
      file,
      duplicateOf: 'the-first',
      invoice: { ...invoice, uuid },
    });
    await tickets.create(ticket);
    await records.register({
      id: `acme:SAT:${uuid}`,
      ...{ companyId: 'acme', authority: 'SAT', ticketId: ticket.id, file, label: `A${number}` },
      question: {
        uuid,
        version: '4.0',
        issuer: 'AAA010101AAA',
        recipient: 'XAXX010101000',
        total: '116.00',
        sealTail: 'abcdefg=',
      },
      chat: { channel: 'webchat', account: 'web', chat: 'chat-1', language: 'es' },
      ...{ status: 'PENDING', verdict: null, answer: null, isEfosListed: null, cancellable: null, checkedAt: null },
      ...{ nextAt: now, tries: 0, misses: 0, rechecks: 0, isUntold: true, backup: null, history: [] },
      ...{ createdAt: now, updatedAt: now },
    });
  }
}

/** How long the event loop was held at most: a worker that is blocked would show here. */
function watchLoop() {
  let [last, maxMs] = [performance.now(), 0];
  const timer = setInterval(() => {
    maxMs = Math.max(maxMs, Math.round(performance.now() - last - 20));
    last = performance.now();
  }, 20);
  return {
    stop: () => {
      clearInterval(timer);
      return { maxMs };
    },
  };
}
