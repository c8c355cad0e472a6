import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { Failure } from '../../domain/failure.ts';
import { createLoadedThreads, hasLoaded } from './loaded-threads.ts';
import { abortOutside, orAborted } from './native-guard.ts';
import type { ReadAnswer, ReadJob, WorkerSettings } from './read-job.ts';
import type { ReaderOptions } from './reader.ts';

/** Documents that may wait for a thread; their bytes are held meanwhile. */
const maxWaiting = 64;
/** A thread that is not out of native code by then is ended all the same. */
const closeWithinMs = 15_000;
const pollMs = 5;

type PoolOptions = Required<
  Pick<
    ReaderOptions,
    'backends' | 'workers' | 'workerHeapMb' | 'modelDir' | 'ownModels' | 'profile' | 'languages' | 'log'
  >
>;
type Answer = Exclude<ReadAnswer, { kind: 'failure' }>;

export type ThreadPool = {
  /** Runs one job; throws the Failure it answers, `reader-unavailable` when its thread dies or too many wait, the signal's reason when aborted. */
  run(job: ReadJob, signal?: AbortSignal): Promise<Answer>;
  /** The living thread with this id, as its jobs announce it. */
  thread(threadId: number): Worker | undefined;
  close(): Promise<void>;
};

/** Reading threads with their models loaded. A thread that dies, or whose job is aborted, is replaced by a new one. */
export async function createThreadPool(options: PoolOptions): Promise<ThreadPool> {
  const { backends, workers, workerHeapMb, modelDir, ownModels, profile, languages, log } = options;
  const settings: WorkerSettings = { backends, modelDir, ownModels, profile, languages, loaded: createLoadedThreads() };
  const inHand = new Set<Promise<ReadAnswer>>();
  const pool = new Piscina<ReadJob, ReadAnswer>({
    filename: fileURLToPath(new URL('./read-worker.ts', import.meta.url)),
    minThreads: workers,
    maxThreads: workers,
    maxQueue: maxWaiting,
    // Waiting on atomics would block a thread's event loop between jobs, and engines have work of their own there.
    atomics: 'disabled',
    resourceLimits: { maxOldGenerationSizeMb: workerHeapMb },
    workerData: settings,
  });
  pool.on('error', (err) => log.warn({ err }, 'reading thread failed'));

  async function run(job: ReadJob, signal?: AbortSignal): Promise<Answer> {
    const transferList = job.kind === 'read' ? [job.port] : [];
    const ending = signal && job.kind === 'read' ? abortOutside(job.native, signal) : signal;
    const work = pool.run(job, { signal: ending ?? null, transferList });
    inHand.add(work);
    work.catch(() => undefined).finally(() => inHand.delete(work));
    const answer = await orAborted(work, signal).catch((error: unknown) => {
      signal?.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      throw new Failure('reader-unavailable', 'retry', `no reading thread did the job: ${reason}`, { cause: error });
    });
    if (answer.kind === 'failure') throw new Failure(answer.code, answer.recovery, answer.message);
    return answer;
  }

  async function close(): Promise<void> {
    // Neither a thread that still computes for a document given up nor one that takes another's place and loads its models
    // may be ended there (see native-guard.ts).
    const deadline = performance.now() + closeWithinMs;
    const isBusy = () => inHand.size > 0 || pool.threads.some(({ threadId }) => !hasLoaded(settings.loaded, threadId));
    while (isBusy() && performance.now() < deadline) await sleep(pollMs);
    await pool.destroy();
  }

  try {
    // One job a thread: none takes a second before it has loaded its models.
    await Promise.all(Array.from({ length: workers }, () => run({ kind: 'warm' })));
  } catch (error) {
    await close();
    throw error;
  }
  return { run, thread: (threadId) => pool.threads.find((worker) => worker.threadId === threadId), close };
}
