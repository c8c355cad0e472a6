/**
 * Accuracy of reading and understanding on the public data with truth, for each profile: the product's own reader, classify and
 * extract, scored by the data's scorer.
 *
 *   node bench/accuracy.ts [--json] [--profile ultra_rapido,balanced,high_confidence] [receipts|sroie|pago-movil …]
 */
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Profile } from '../src/domain/reading.ts';
import { createAttentiveReader } from '../src/pipeline/look-again.ts';
import { createReader } from '../src/pipeline/read/reader.ts';
import { loadUnderstanding } from '../src/pipeline/understanding.ts';
import { type Measured, measure } from './accuracy/measure.ts';
import { print } from './accuracy/print.ts';

const shared = new URL('../../shared/', import.meta.url).pathname;
const allSets = ['receipts', 'sroie', 'pago-movil'];
const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean' }, profile: { type: 'string', default: Profile.options.join(',') } },
  allowPositionals: true,
});
const sets = allSets.filter((set) => positionals.length === 0 || positionals.includes(set));

if (existsSync(join(shared, 'data'))) await main();
else console.error('SKIPPED: ../shared/data is not here; nothing was measured');

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'recibot-accuracy-'));
  for (const name of values.profile.split(',')) {
    const profile = Profile.parse(name);
    const measured = await measureProfile(profile, folder);
    if (values.json) console.log(JSON.stringify({ profile, sets: measured }));
    else print(profile, measured);
  }
}

async function measureProfile(profile: Profile, folder: string): Promise<Measured[]> {
  const log = { info: () => {}, warn: console.error };
  const understanding = await loadUnderstanding(new URL('../config', import.meta.url).pathname);
  const plain = await createReader({ backends: ['paddle', 'tesseract'], profile, log });
  const today = () => new Date().toISOString().slice(0, 10);
  const reader = createAttentiveReader({ ...understanding, reader: plain, log, today });
  try {
    const measured: Measured[] = [];
    for (const set of sets) measured.push(await measure(shared, set, folder, { reader, understanding, profile }));
    return measured;
  } finally {
    await reader.close();
  }
}
