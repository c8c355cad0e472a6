/**
 * How fast and how well documents are read: `node bench/read.ts [--json] [--data DIR] [--images N] [--only MODE,…]`.
 * The first N/2 images of `sroie` and of `receipts` (50 by default), one mode after another, each in a process of its own.
 * Debian's tesseract 5 runs beside it when it is installed.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { measureQuality, type Quality } from './read/quality.ts';
import type { Run } from './read/run.ts';
import { loadSamples, type Sample } from './read/samples.ts';

const modes = [
  'ultra_rapido-2',
  'balanced-2',
  'paddle-shipped-2',
  'ultra_rapido-1',
  'balanced-1',
  'paddle-shipped-1',
  'tesseract.js-2',
  'debian-tesseract-2',
] as const;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    data: { type: 'string', default: fileURLToPath(new URL('../../shared/data', import.meta.url)) },
    images: { type: 'string', default: '50' },
    only: { type: 'string', default: modes.join(',') },
  },
});

if (existsSync(join(values.data, 'sroie'))) await main();
else console.error(`skipped: no images in ${values.data} (--data DIR)`);

async function main(): Promise<void> {
  const samples = await loadSamples(values.data, Number(values.images));
  const results: Record<string, Omit<Run, 'texts'> & Quality> = {};
  for (const mode of values.only.split(',')) {
    const run = await runApart(mode, samples);
    if (!run) continue;
    const { texts, ...figures } = run;
    results[mode] = { ...figures, ...measureQuality(samples, texts) };
  }
  if (values.json) console.log(JSON.stringify(results, null, 2));
  else console.table(results);
}

/** A process of its own for each mode, so that memory is told apart. */
async function runApart(mode: string, samples: readonly Sample[]): Promise<Run | null> {
  const script = fileURLToPath(new URL('./read/run.ts', import.meta.url));
  const files = samples.map(({ file }) => file);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, mode, ...files], { maxBuffer: 2 ** 26 });
    // Written by our own script a moment ago.
    return JSON.parse(stdout) as Run;
  } catch (error) {
    console.error(`skipped ${mode}: ${error instanceof Error ? error.message.split('\n').at(-2) : error}`);
    return null;
  }
}
