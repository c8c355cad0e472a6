import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createScheduler, type ScheduledJob } from '../../src/jobs/scheduler.ts';
import { eventually } from '../support/eventually.ts';
import { aStore, quiet } from '../support/store.ts';

function aJob(changes: Partial<ScheduledJob> = {}): ScheduledJob & { runs: number } {
  const job = {
    ...{ name: 'report', schedule: '0 8 * * *', description: 'Reporte · Report', runs: 0 },
    run: async () => {
      job.runs += 1;
      return {};
    },
    ...changes,
  };
  return job;
}

async function aScheduler(t: TestContext, jobs: readonly ScheduledJob[], store?: Awaited<ReturnType<typeof aStore>>) {
  const { connection } = store ?? (await aStore(t));
  assert.ok(connection.db);
  const scheduler = await createScheduler({
    db: connection.db,
    jobs,
    timeZone: 'America/Bogota',
    log: quiet,
    lookMs: 50,
    lockMs: 1_000,
  });
  t.after(() => scheduler[Symbol.asyncDispose]());
  return scheduler;
}

test('a job is planned in its time zone and does not run at once', async (t) => {
  const job = aJob();
  const scheduler = await aScheduler(t, [job]);

  await scheduler.start();

  const [state] = await scheduler.list();
  assert.equal(state?.nextRunAt?.toISOString().slice(11, 16), '13:00');
  assert.deepEqual([job.runs, state?.isPaused], [0, false]);
});

test('run-now runs it beside its plan, even while it is paused', async (t) => {
  const job = aJob();
  const scheduler = await aScheduler(t, [job]);
  await scheduler.start();
  const planned = (await scheduler.list())[0]?.nextRunAt;
  await scheduler.pause('report');

  await scheduler.runNow('report');
  await eventually(() => job.runs, 1);

  const [state] = await scheduler.list();
  assert.deepEqual([state?.isPaused, state?.nextRunAt], [true, planned]);
});

test('a paused job stays paused over a restart, and goes on when it is resumed', async (t) => {
  const store = await aStore(t);
  const first = await aScheduler(t, [aJob({ schedule: '* * * * *' })], store);
  await first.start();
  await first.pause('report');
  await first[Symbol.asyncDispose]();

  const second = await aScheduler(t, [aJob({ schedule: '* * * * *' })], store);
  await second.start();
  const paused = (await second.list())[0]?.isPaused;
  await second.resume('report');

  assert.deepEqual([paused, (await second.list())[0]?.isPaused], [true, false]);
});

test('two processes run what is asked for once', async (t) => {
  const store = await aStore(t);
  const [mine, yours] = [aJob(), aJob()];
  const [first, second] = [await aScheduler(t, [mine], store), await aScheduler(t, [yours], store)];
  await Promise.all([first.start(), second.start()]);

  await first.runNow('report');
  await eventually(() => mine.runs + yours.runs, 1);
  await first.runNow('report');
  await eventually(() => mine.runs + yours.runs, 2);

  assert.equal((await first.list()).length, 1);
});

test('a failing job says why and has its next time', async (t) => {
  const scheduler = await aScheduler(t, [
    aJob({
      run: async () => {
        throw new Error('no paper');
      },
    }),
  ]);
  await scheduler.start();

  await scheduler.runNow('report');

  await eventually(async () => (await scheduler.list())[0]?.lastError, 'no paper');
  assert.ok((await scheduler.list())[0]?.nextRunAt);
});

test('stopping tells the job in hand, and waits for it', async (t) => {
  const ended: string[] = [];
  const job = aJob({
    run: async (signal) => {
      ended.push('begun');
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      ended.push('tidied');
      return {};
    },
  });
  const scheduler = await aScheduler(t, [job]);
  await scheduler.start();
  await scheduler.runNow('report');
  await eventually(() => ended, ['begun']);

  await scheduler[Symbol.asyncDispose]();

  assert.deepEqual(ended, ['begun', 'tidied']);
});

test('an unknown job is refused with the names that there are', async (t) => {
  const scheduler = await aScheduler(t, [aJob()]);

  await assert.rejects(scheduler.runNow('coffee'), { code: 'not-found', message: /report/ });
});
