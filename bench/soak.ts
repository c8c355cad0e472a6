/**
 * Whether memory stays where it is: reads the same images over and over and prints the resident memory as it goes.
 *
 *   node bench/soak.ts [--images 5000] [--profile balanced] [--workers 2] [--json]
 *
 * The first tenth warms up; `growthMb` compares the median of the second tenth with that of the last.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Profile } from '../src/domain/reading.ts';
import { createReader } from '../src/pipeline/read/reader.ts';

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '5000' },
    profile: { type: 'string', default: 'balanced' },
    workers: { type: 'string', default: '2' },
    json: { type: 'boolean' },
  },
});
const data = new URL('../../shared/data/', import.meta.url).pathname;

if (existsSync(data)) await main();
else console.error('SKIPPED: ../shared/data is not here; nothing was measured');

async function main(): Promise<void> {
  const [count, workers] = [Number(values.images), Number(values.workers)];
  const profile = Profile.parse(values.profile);
  const files = ['sroie', 'receipts'].flatMap((set) => listImages(join(data, set, 'img')));
  const reader = await createReader({
    ...{ backends: ['paddle'], workers, profile },
    log: { info: () => {}, warn: console.error },
  });
  const rss: number[] = [];
  let next = 0;
  async function work(): Promise<void> {
    while (next < count) {
      const path = files[next++ % files.length] ?? '';
      const mime = path.endsWith('.png') ? 'image/png' : 'image/jpeg';
      await reader.read({ bytes: readFileSync(path), mime, profile });
      rss.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
      if (!values.json && rss.length % Math.ceil(count / 20) === 0) console.log(`${rss.length}: ${rss.at(-1)} MB`);
    }
  }
  await Promise.all(Array.from({ length: workers }, work));
  await reader.close();
  const tenth = Math.ceil(rss.length / 10);
  const growthMb = median(rss.slice(-tenth)) - median(rss.slice(tenth, 2 * tenth));
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const result = { profile, workers, images: rss.length, growthMb, peakMb };
  console.log(values.json ? JSON.stringify(result) : result);
}

function listImages(folder: string): string[] {
  return readdirSync(folder).map((file) => join(folder, file));
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
