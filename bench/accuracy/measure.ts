import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Fields } from '../../src/domain/document.ts';
import type { Profile } from '../../src/domain/reading.ts';
import type { Reader } from '../../src/pipeline/read/reader.ts';
import type { Understanding } from '../../src/pipeline/understanding.ts';
import { type ReliabilityBin, reliabilityOf } from './reliability.ts';

const Cell = z.object({ of: z.number(), right: z.number(), wrong: z.number(), none: z.number() });
const Score = z.object({
  fields: z.record(z.string(), Cell),
  medianMs: z.number().nullable(),
  p95Ms: z.number().nullable(),
});
const Miss = z.object({ file: z.string(), field: z.string(), expected: z.unknown(), given: z.unknown() });
const Truth = z.array(z.object({ file: z.string(), truth: z.record(z.string(), z.unknown()) }));

export type Measured = z.infer<typeof Score> & {
  readonly set: string;
  readonly misses: readonly (z.infer<typeof Miss> & { confidence: number | null })[];
  readonly reliability: readonly ReliabilityBin[];
  /** Documents that were looked at more than once. */
  readonly lookedAgain: number;
  readonly files: number;
};

type Tools = { readonly reader: Reader; readonly understanding: Understanding; readonly profile: Profile };
type Row = Awaited<ReturnType<typeof resultOf>>;

const mimes: Readonly<Record<string, string>> = { jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png' };

/** Reads and understands every image of a set and has the data's own scorer compare the fields with the truth. */
export async function measure(shared: string, set: string, folder: string, tools: Tools): Promise<Measured> {
  const images = join(shared, 'data', set, 'img');
  const rows = await Promise.all(readdirSync(images).map((file) => resultOf(join(images, file), file, tools)));
  const results = join(folder, `${set}-${tools.profile}.jsonl`);
  writeFileSync(results, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const truth = join(shared, 'data', set, 'truth.json');
  const score = [join(shared, 'tools/score.mjs'), truth, results, '--misses', '--json'];
  const lines = execFileSync(process.execPath, score).toString().split('\n').filter(Boolean);
  const missing = lines.filter((line) => line.startsWith('{"file"'));
  const entries = Truth.parse(JSON.parse(readFileSync(truth, 'utf8')));
  return {
    set,
    ...Score.parse(JSON.parse(lines.find((line) => line.startsWith('{"files"')) ?? '{}')),
    misses: missing.map((line) => withConfidence(Miss.parse(JSON.parse(line)), rows)),
    reliability: reliabilityOf(entries, rows, missing),
    lookedAgain: rows.filter(({ looks }) => looks > 1).length,
    files: rows.length,
  };
}

async function resultOf(path: string, file: string, { reader, understanding, profile }: Tools) {
  const bytes = readFileSync(path);
  const mime = mimes[file.split('.').at(-1) ?? ''] ?? 'image/jpeg';
  const reading = await reader.read({ bytes, mime, profile });
  const classification = understanding.classify(reading);
  const extraction = understanding.extract(reading, classification, new Date().toISOString().slice(0, 10));
  return { file, ...classification, ...extraction, ms: reading.ms, looks: 1 + (reading.again?.length ?? 0) };
}

function withConfidence(miss: z.infer<typeof Miss>, rows: readonly Row[]) {
  const fields = Fields.parse(rows.find(({ file }) => miss.file.endsWith(file))?.fields ?? {});
  const value = Object.entries(fields).find(([name]) => name === miss.field)?.[1];
  return { ...miss, confidence: value?.confidence ?? null };
}
