import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, type Job } from 'agenda';
import type { Logger } from 'pino';
import { Failure } from '../domain/failure.ts';
import { withinTimeLimit } from '../store/database-retry.ts';

/** Something that is done by the clock. Two processes may do it at once: doing it twice must do no harm. */
export interface ScheduledJob {
  name: string;
  /** Five-field cron, in the time zone of the scheduler. */
  schedule: string;
  /** For operators, Spanish and English. */
  description: string;
  /** What came of it, for the log. `signal` aborts when the process stops. */
  run(signal: AbortSignal): Promise<object>;
}

export interface JobState {
  name: string;
  schedule: string;
  description: string;
  isPaused: boolean;
  isRunning: boolean;
  nextRunAt: Date | null;
  lastRunAt: Date | null;
  lastFinishedAt: Date | null;
  lastError: string | null;
}

export interface SchedulerDeps {
  /** Of the store's connection. */
  db: ConstructorParameters<typeof MongoBackend>[0] extends infer Config ? DbOf<Config> : never;
  jobs: readonly ScheduledJob[];
  timeZone: string;
  log: Logger;
  /** How often due jobs are looked for; default 5 000 ms. */
  lookMs?: number;
  /** Default 10 000 ms. */
  lockMs?: number;
}

type DbOf<Config> = Config extends { mongo: infer Db } ? Db : never;

/** Jobs by the clock, kept in the database: any number of processes may have one, and each run is one process's. */
export interface Scheduler extends AsyncDisposable {
  list(): Promise<JobState[]>;
  /** Asks the processes with the role `jobs` to run it now, even when it is paused. Throws Failure `not-found`. */
  runNow(name: string): Promise<void>;
  pause(name: string): Promise<void>;
  resume(name: string): Promise<void>;
  /** Begins to run what is due here. */
  start(): Promise<void>;
}

/**
 * A run whose process died is taken over after this long; a living one renews its lock four times in it. Not longer, as Agenda (6.2)
 * keeps a timer of half of it after each run, for which the end of the process has to wait.
 */
const defaultLockMs = 10_000;

export async function createScheduler(deps: SchedulerDeps): Promise<Scheduler> {
  const { db, jobs, timeZone, log, lookMs = 5_000, lockMs = defaultLockMs } = deps;
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db, collection: 'jobs' }),
    ...{ processEvery: lookMs, defaultConcurrency: 1, defaultLockLimit: 1, defaultLockLifetime: lockMs },
  });
  agenda.on('error', (error) => log.warn({ err: error }, 'the jobs cannot be looked at; next time follows'));
  await agenda.ready;
  const stopping = new AbortController();
  const inHand = new Set<Promise<void>>();
  let isStarted = false;

  function known(name: string): ScheduledJob {
    const job = jobs.find((one) => one.name === name);
    const names = jobs.map((one) => one.name).join(', ');
    if (!job) throw new Failure('not-found', 'ask', `No hay tarea ${name} · There is no job ${name}: ${names}`);
    return job;
  }

  async function run(job: ScheduledJob, handle: Job): Promise<void> {
    const renewal = setInterval(() => handle.touch().catch(() => undefined), lockMs / 4);
    const began = performance.now();
    try {
      const outcome = await job.run(stopping.signal);
      log.info({ job: job.name, ms: Math.round(performance.now() - began), ...outcome }, 'job done');
    } catch (error) {
      if (stopping.signal.aborted) return;
      log.error({ job: job.name, err: error }, 'job failed; its next time follows');
      throw error;
    } finally {
      clearInterval(renewal);
    }
  }

  function running(job: ScheduledJob, handle: Job): Promise<void> {
    const ended = run(job, handle).finally(() => inHand.delete(ended));
    inHand.add(ended);
    return ended;
  }

  /** What is there already keeps its next time, and stays paused if it was. */
  async function plan({ name, schedule }: ScheduledJob): Promise<void> {
    const { jobs: found } = await agenda.queryJobs({ name });
    const regular = found.find(({ type }) => type === 'single');
    if (regular?.repeatInterval === schedule && regular.repeatTimezone === timeZone) return;
    await agenda.every(schedule, name, undefined, { timezone: timeZone, skipImmediate: true });
    if (regular?.disabled) await agenda.disable({ name });
  }

  async function stateOf({ name, schedule, description }: ScheduledJob): Promise<JobState> {
    const { jobs: found } = await agenda.queryJobs({ name });
    const regular = found.find(({ type }) => type === 'single');
    const latest = found.reduce((best, one) => (time(one.lastRunAt) > time(best?.lastRunAt) ? one : best), regular);
    return {
      ...{ name, schedule, description, isPaused: regular?.disabled === true },
      isRunning: found.some(({ lockedAt }) => time(lockedAt) > Date.now() - lockMs),
      nextRunAt: regular?.nextRunAt ?? null,
      lastRunAt: latest?.lastRunAt ?? null,
      lastFinishedAt: latest?.lastFinishedAt ?? null,
      lastError: time(latest?.failedAt) >= time(latest?.lastRunAt) ? (latest?.failReason ?? null) : null,
    };
  }

  return {
    list: () => Promise.all(jobs.map(stateOf)),
    runNow: async (name) => {
      await agenda.now(known(name).name);
    },
    pause: async (name) => {
      await plan(known(name));
      await agenda.disable({ name });
    },
    resume: async (name) => {
      await plan(known(name));
      await agenda.enable({ name });
    },
    start: async () => {
      const options = { lockLifetime: lockMs, concurrency: 1, lockLimit: 1, removeOnComplete: true };
      for (const job of jobs) agenda.define(job.name, (handle: Job) => running(job, handle), options);
      for (const job of jobs) await plan(job);
      isStarted = true;
      await agenda.start();
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      if (!isStarted) return;
      // A call to a database that was killed may never end (see database-retry.ts).
      await withinTimeLimit(() => agenda.stop(false)).catch((error) => log.warn({ err: error }, 'jobs left locked'));
      await Promise.allSettled(inHand);
    },
  };
}

function time(at: Date | undefined): number {
  return at?.getTime() ?? 0;
}
