/** One mode of `bench/read.ts` in a process of its own: `node bench/read/run.ts MODE FILE…` prints a JSON object. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { text as readAll } from 'node:stream/consumers';
import { Profile, readingText } from '../../src/domain/reading.ts';
import { identifyFile } from '../../src/pipeline/read/identify-file.ts';
import { createReader } from '../../src/pipeline/read/reader.ts';

export type Run = {
  readonly readyMs: number;
  readonly wallSeconds: number;
  readonly imagesPerMinute: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  /** Of all threads, reading only: says more than the wall on a machine with other work. */
  readonly cpuSeconds: number | null;
  readonly peakMb: number | null;
  /** Longest time the main thread did not answer. */
  readonly blockedMs: number | null;
  readonly texts: readonly string[];
};

type Recogniser = { read(file: string): Promise<string>; close(): Promise<void> };
type Figures = Pick<Run, 'cpuSeconds' | 'peakMb' | 'blockedMs'>;

const [mode = '', ...files] = process.argv.slice(2);
const [engine = '', workers = '1'] = mode.split(/-(?=\d+$)/);
console.log(JSON.stringify(await run(engine, Number(workers))));

async function run(engine: string, workers: number): Promise<Run> {
  const began = performance.now();
  const recogniser = engine === 'debian-tesseract' ? await debianTesseract() : await recibot(engine, workers);
  const readyMs = Math.round(performance.now() - began);
  const loopDelay = monitorEventLoopDelay({ resolution: 5 });
  loopDelay.enable();
  const cpuBefore = process.cpuUsage();
  const { texts, times, wallMs } = await readAllFiles(recogniser, workers);
  loopDelay.disable();
  const cpu = process.cpuUsage(cpuBefore);
  await recogniser.close();
  const own: Figures =
    engine === 'debian-tesseract'
      ? { cpuSeconds: null, peakMb: null, blockedMs: null }
      : {
          cpuSeconds: Math.round((cpu.user + cpu.system) / 1e5) / 10,
          peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
          blockedMs: Math.round(loopDelay.max / 1e6),
        };
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
  const rounded = {
    wallSeconds: Math.round(wallMs / 100) / 10,
    imagesPerMinute: Math.round((files.length * 60_000) / wallMs),
  };
  return { readyMs, ...rounded, medianMs: at(0.5), p95Ms: at(0.95), ...own, texts };
}

/** As many documents in hand as there are workers, so that a time is that of reading, not of waiting. */
async function readAllFiles(recogniser: Recogniser, workers: number) {
  const [texts, times, queue]: [string[], number[], number[]] = [[], [], [...files.keys()]];
  const began = performance.now();
  async function work(): Promise<void> {
    for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
      const start = performance.now();
      texts[index] = await recogniser.read(files[index] ?? '');
      times.push(performance.now() - start);
    }
  }
  await Promise.all(Array.from({ length: workers }, work));
  return { texts, times, wallMs: performance.now() - began };
}

async function recibot(engine: string, workers: number): Promise<Recogniser> {
  const backend = engine.startsWith('tesseract') ? 'tesseract' : 'paddle';
  const models = engine === 'paddle-shipped' ? { modelDir: null } : {};
  // A profile's own name is a mode as well: what it reads at its first look.
  const profile = Profile.safeParse(engine).data ?? 'balanced';
  const log = { info: () => undefined, warn: console.error };
  const reader = await createReader({ backends: [backend], workers, profile, log, ...models });
  return {
    async read(file) {
      const bytes = await readFile(file);
      const { mime } = await identifyFile(bytes, file);
      return readingText(await reader.read({ bytes, mime, profile }));
    },
    close: reader.close,
  };
}

/** Debian 12's package, one thread a process, as many processes as workers. */
async function debianTesseract(): Promise<Recogniser> {
  const tesseract = async (args: readonly string[]) => {
    const child = spawn('env', ['OMP_THREAD_LIMIT=1', 'tesseract', ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
    return readAll(child.stdout);
  };
  if (!(await tesseract(['--list-langs'])).includes('spa')) throw new Error('tesseract with Spanish is not installed');
  return { read: (file) => tesseract([file, 'stdout', '-l', 'spa+eng', '--psm', '6']), close: async () => {} };
}
