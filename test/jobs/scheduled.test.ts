import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { createAlertRaiser } from '../../src/jobs/raise-alert.ts';
import type { JobDeps } from '../../src/jobs/scheduled/job-deps.ts';
import { scheduledJobs } from '../../src/jobs/scheduled/registry.ts';
import { createAccountingCache } from '../../src/store/accounting-cache.ts';
import { createReports } from '../../src/store/reports.ts';
import { anAccounting } from '../support/accounting.ts';
import { aCompliance, aNumberedCfdi } from '../support/compliance.ts';
import { quiet } from '../support/store.ts';

const signal = new AbortController().signal;

async function theJobs(t: Parameters<typeof aCompliance>[0]) {
  const checked = await aCompliance(t);
  const accounting = await anAccounting(t, { suppliers: [{ name: 'P', identification: 'AAA010101AAA' }] });
  const reports = createReports(checked.connection);
  const { compliance, tickets, clock } = checked;
  const cache = await createAccountingCache(checked.connection, clock);
  const deps: JobDeps = {
    settings: { cleanupDays: 30 },
    compliance,
    accounting,
    cache,
    reports,
    tickets,
    clock,
    log: quiet,
  };
  const jobs = scheduledJobs(deps);
  const run = (name: string) => jobs.find((job) => job.name === name)?.run(signal);
  return { ...checked, accounting, reports, jobs, run };
}

test('each file of a job is registered, at the hours of the source document', async (t) => {
  const { jobs } = await theJobs(t);

  const files = await readdir(new URL('../../src/jobs/scheduled', import.meta.url));

  assert.equal(files.length - 2, jobs.length - 1);
  assert.deepEqual(Object.fromEntries(jobs.map(({ name, schedule }) => [name, schedule])), {
    'compliance-retries': '*/5 * * * *',
    'accounting-retries': '*/5 * * * *',
    'alegra-contacts': '0 1 * * *',
    'alegra-items': '30 1 * * *',
    'files-cleanup': '0 2 * * *',
    'compliance-cleanup': '0 3 * * *',
    'compliance-report': '0 8 * * *',
    'cache-metrics': '0 4 * * 0',
    'performance-report': '0 7 * * 1',
  });
});

test('every job runs twice without harm, and reports are kept once a day', async (t) => {
  const { jobs, comply, reports, accounting, alegra } = { ...(await theJobs(t)), alegra: null };
  await comply(aNumberedCfdi(1));

  for (const job of [...jobs, ...jobs]) await job.run(signal);

  assert.equal(alegra, null);
  const [report, ...others] = await reports.latest('compliance', 10);
  assert.deepEqual([report?.data['validatedShare'], others], [1, []]);
  assert.equal((await reports.latest('cache', 10)).length, 1);
  assert.equal((await accounting.cached.metrics()).kinds.contacts.entries, 1);
});

test('long histories of settled invoices are shortened after their time, to the first and the last lines', async (t) => {
  const { comply, sat, compliance, clock, run } = await theJobs(t);
  sat.behave('cancelado');
  const { id } = await comply(aNumberedCfdi(1));
  const record = await compliance.records.ofTicket('acme', id);
  assert.ok(record);
  const event = { at: clock.now(), status: 'FAILED', event: 'restored' } as const;
  for (let number = 0; number < 20; number += 1)
    await compliance.records.note(record.id, {}, { ...event, detail: `${number}` });

  const before = await run('compliance-cleanup');
  clock.advance(31 * 86_400_000);
  const after = await run('compliance-cleanup');

  assert.deepEqual([before, after], [{ shortened: 0 }, { shortened: 1 }]);
  const kept = (await compliance.records.ofTicket('acme', id))?.history ?? [];
  assert.deepEqual([kept.length, kept[0]?.event, kept.at(-1)?.detail], [10, 'registered', '19']);
});

test('an outage is one alert that ends with it; what is wrong with an invoice is one of its own', async () => {
  const raised: string[] = [];
  const raiser = createAlertRaiser({
    raise: async ({ key, severity, detail }) =>
      void raised.push(`${key} ${severity} ${Object.values(detail).join(' ')}`),
    resolve: async (key) => void raised.push(`over ${key}`),
  });

  await raiser.compliance({ key: 'x', what: 'authority-away', companyId: '', detail: 'SAT: 12' });
  await raiser.compliance({ key: 'y', what: 'authority-back', companyId: '', detail: 'SAT' });
  await raiser.compliance({
    key: 'cancelled-later:1',
    what: 'cancelled-later',
    companyId: 'a',
    detail: 'SAT Cancelado: A17',
  });

  assert.deepEqual(raised, [
    'authority-away:SAT critical SAT 12',
    'over authority-away:SAT',
    'cancelled-later:1 warning SAT Cancelado: A17',
  ]);
});
