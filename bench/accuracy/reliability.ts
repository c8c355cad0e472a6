import { basename } from 'node:path';
import type { Fields } from '../../src/domain/document.ts';

/** Of the values given with a confidence in [from, to): how many there were and how many were right. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly given: number;
  readonly right: number;
}

interface TruthEntry {
  readonly file: string;
  readonly truth: Readonly<Record<string, unknown>>;
}

const edges = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.001];

/** Compares confidence with outcome over every scored value; `misses` are the scorer's lines. */
export function reliabilityOf(
  truth: readonly TruthEntry[],
  rows: readonly { file: string; fields: Fields }[],
  misses: readonly string[],
): ReliabilityBin[] {
  const wrong = new Set(misses.map((line) => missKey(JSON.parse(line))));
  const given = truth.flatMap((entry) => {
    const fields: Readonly<Record<string, { confidence: number } | undefined>> =
      rows.find((row) => row.file === basename(entry.file))?.fields ?? {};
    return Object.entries(entry.truth).flatMap(([field, value]) => {
      const confidence = fields[field]?.confidence;
      const isScored = value !== null && field !== 'currency' && field !== 'moneda';
      if (!isScored || confidence === undefined) return [];
      return [{ confidence, isRight: !wrong.has(missKey({ file: entry.file, field })) }];
    });
  });
  return edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? 1;
    const own = given.filter(({ confidence }) => confidence >= from && confidence < to);
    return { from, to, given: own.length, right: own.filter(({ isRight }) => isRight).length };
  });
}

/** The same bins of several sets as one. */
export function sumBins(sets: readonly (readonly ReliabilityBin[])[]): ReliabilityBin[] {
  const [first = []] = sets;
  return first.map(({ from, to }, index) => ({
    ...{ from, to },
    given: sets.reduce((sum, bins) => sum + (bins[index]?.given ?? 0), 0),
    right: sets.reduce((sum, bins) => sum + (bins[index]?.right ?? 0), 0),
  }));
}

function missKey({ file, field }: { file: string; field: string }): string {
  return `${basename(file)} ${field}`;
}

export function printReliability(bins: readonly ReliabilityBin[]): void {
  console.table(
    bins.map(({ from, to, given, right }) => ({
      confidence: `${from.toFixed(2)}–${Math.min(1, to).toFixed(2)}`,
      given,
      right,
      share: given === 0 ? '' : (right / given).toFixed(3),
    })),
  );
}
