/**
 * Accuracy of reading and understanding on the public data with truth: the product's own reader, classify and extract,
 * scored by the data's scorer.
 *
 *   node bench/accuracy.ts [--json] [--misses] [receipts|sroie|pago-movil …]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReader, type Reader } from '../src/pipeline/read/reader.ts';
import { loadUnderstanding, type Understanding } from '../src/pipeline/understanding.ts';
import { printReliability, reliabilityOf } from './reliability.ts';

const shared = new URL('../../shared/', import.meta.url).pathname;
const sets = ['receipts', 'sroie', 'pago-movil'];
const mimes: Readonly<Record<string, string>> = { jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png' };

const flags = process.argv.slice(2);
const wanted = sets.filter((set) => flags.includes(set));
await main(wanted.length > 0 ? wanted : sets);

async function main(names: readonly string[]): Promise<void> {
  if (!existsSync(join(shared, 'data'))) {
    console.error('SKIPPED: ../shared/data is not here; nothing was measured');
    return;
  }
  const log = { info: () => {}, warn: console.error };
  const reader = await createReader({ backends: ['paddle'], log });
  try {
    const understanding = await loadUnderstanding(new URL('../config', import.meta.url).pathname);
    const folder = mkdtempSync(join(tmpdir(), 'recibot-accuracy-'));
    for (const set of names) await measure(set, folder, reader, understanding);
  } finally {
    await reader.close();
  }
}

async function measure(set: string, folder: string, reader: Reader, understanding: Understanding): Promise<void> {
  const images = join(shared, 'data', set, 'img');
  const results = join(folder, `${set}.jsonl`);
  const rows = await Promise.all(
    readdirSync(images).map((file) => resultOf(join(images, file), file, reader, understanding)),
  );
  writeFileSync(results, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const truth = join(shared, 'data', set, 'truth.json');
  const scored = execFileSync(process.execPath, [
    join(shared, 'tools/score.mjs'),
    truth,
    results,
    '--misses',
    ...(flags.includes('--json') ? ['--json'] : []),
  ]).toString();
  report(set, scored.split('\n').filter(Boolean), truth, rows, results);
}

async function resultOf(path: string, file: string, reader: Reader, { classify, extract }: Understanding) {
  const bytes = readFileSync(path);
  const mime = mimes[file.split('.').at(-1) ?? ''] ?? 'image/jpeg';
  const reading = await reader.read({ bytes, mime, profile: 'balanced' });
  const began = performance.now();
  const classification = classify(reading);
  const extraction = extract(reading, classification, new Date().toISOString().slice(0, 10));
  const understoodMs = Math.round(performance.now() - began);
  return {
    file,
    kind: classification.kind,
    merchant: classification.merchant,
    ...extraction,
    ms: reading.ms,
    understoodMs,
  };
}

function report(
  set: string,
  scored: readonly string[],
  truth: string,
  rows: readonly Awaited<ReturnType<typeof resultOf>>[],
  results: string,
): void {
  const isMiss = (line: string) => line.startsWith('{"file"');
  const misses = scored.filter(isMiss);
  const reliability = reliabilityOf(JSON.parse(readFileSync(truth, 'utf8')), rows, misses);
  if (flags.includes('--json')) {
    const [score = '{}'] = scored.filter((line) => line.startsWith('{"files"'));
    console.log(JSON.stringify({ set, results, ...JSON.parse(score), reliability }));
    return;
  }
  console.log(`\n${set} (${results})`);
  console.log(scored.filter((line) => !isMiss(line)).join('\n'));
  printReliability(reliability);
  const slowest = Math.max(...rows.map((row) => row.understoodMs));
  console.log(`classify + extract: at most ${slowest} ms a document`);
  if (flags.includes('--misses')) console.log(misses.join('\n'));
}
