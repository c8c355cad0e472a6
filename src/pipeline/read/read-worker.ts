/** Entry point of a reading thread: holds one set of engines and reads one document at a time. */
import { threadId, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { toFailure } from '../../domain/failure.ts';
import { createCodeReader } from './codes/read-codes.ts';
import { engineRegistry } from './engines.ts';
import { createFailoverEngines } from './failover.ts';
import { noteLoaded } from './loaded-threads.ts';
import { createNativeGuard, leaveNative } from './native-guard.ts';
import { createPageCollector } from './page-collector.ts';
import { readDocument } from './read-document.ts';
import type { ReadAnswer, ReadEvent, ReadJob, WorkerSettings } from './read-job.ts';

// Libraries write remarks to the console; a thread's standard output is the program's own, which prints results there.
process.stdout.write = process.stderr.write.bind(process.stderr);

sharp.cache(false);
sharp.concurrency(1);

// Set by `createReader`, the only one to start this file; piscina keeps its own values beside it.
const settings = workerData as WorkerSettings;
let emit: (event: ReadEvent) => void = () => undefined;
const guard = createNativeGuard();
const codes = createCodeReader();
const engines = createFailoverEngines(
  settings.backends.map((name) => ({ name, open: () => engineRegistry[name]({ ...settings, guard }) })),
  (engine, error) => emit({ kind: 'engine-failed', engine, message: toFailure(error).message }),
);
// Load the models at once, before the first document; a failure is reported by the first job.
const warm = engines
  .warm()
  .catch(() => undefined)
  .then(leaveNative)
  .then(() => noteLoaded(settings.loaded, threadId));

export default async function run(job: ReadJob): Promise<ReadAnswer> {
  try {
    await warm;
    if (job.kind === 'warm') {
      await engines.warm();
      await leaveNative();
      return { kind: 'ready' };
    }
    return await read(job);
  } catch (error) {
    const { code, recovery, message } = toFailure(error);
    return { kind: 'failure', code, recovery, message };
  }
}

async function read(job: ReadJob & { kind: 'read' }): Promise<ReadAnswer> {
  emit = (event) => job.port.postMessage(event);
  guard.begin(job.native);
  emit({ kind: 'started', threadId });
  try {
    const onPage = (done: number, pages: number) => emit({ kind: 'progress', done, pages });
    if (!job.isPreparation) return { kind: 'reading', reading: await readDocument(job, { engines, codes }, onPage) };
    const collector = createPageCollector();
    const reading = await readDocument(job, { engines: collector, codes }, onPage);
    return { kind: 'prepared', reading, pages: collector.pages };
  } finally {
    emit = () => undefined;
    job.port.close();
  }
}
