/**
 * Fits the probability of a lexical match (src/pipeline/classify/match-lexically.ts) on made-up headers with known merchants, and
 * prints its weights and how well it is calibrated on others.
 *
 * Shops that no catalogue knows are made up, and read from ../shared/data/sroie where that is at hand.
 *
 *   node bench/classify-fit.ts
 */
import { existsSync, readFileSync } from 'node:fs';

import { type LexicalFeatures, lexicalMatches } from '../src/pipeline/classify/match-lexically.ts';
import { createCatalog, loadMerchants } from '../src/pipeline/classify/merchants.ts';
import { layoutOf } from '../src/pipeline/extract/layout.ts';
import { readingFromText } from '../src/pipeline/extract/reading-from-text.ts';
import { createRandom, damaged, type MadeText, madeText, type Random } from './classify/texts.ts';

interface Sample {
  readonly x: readonly number[];
  readonly isRight: boolean;
}

const strangers = realStrangers();
const { merchants } = await loadMerchants(new URL('../config/merchants', import.meta.url).pathname);
const [training, held] = [samples(1, 12_000), samples(2, 4_000)];
const weights = fit(training);
console.log({ bias: round(weights[0]), cosine: round(weights[1]), lead: round(weights[2]), weight: round(weights[3]) });
console.table(reliability(held, weights));

/** Each half of the merchants is known in one half of the samples, so that chains that are not in the catalogue occur too. */
function samples(seed: number, count: number): Sample[] {
  const random = createRandom(seed);
  const halves = [0, 1].map((half) => createCatalog(merchants.filter((_, index) => index % 4 !== half)));
  const sameName = new Map(merchants.map(({ id, name }) => [id, name]));
  return Array.from({ length: count }).flatMap((_, index) => {
    const catalog = halves[index % 2];
    const { text, merchantId } = textOf(random, [0, 0.05, 0.1, 0.2, 0.3][index % 5] ?? 0);
    if (!catalog) return [];
    return lexicalMatches(layoutOf(readingFromText(text)), catalog)
      .slice(0, 3)
      .map(({ index: name, features }) => {
        const found = catalog.names[name]?.merchant;
        return { x: vectorOf(features), isRight: found?.name === sameName.get(merchantId ?? '') };
      });
  });
}

function textOf(random: Random, damage: number): MadeText {
  const stranger = random() < 0.3 ? strangers[Math.floor(random() * strangers.length)] : undefined;
  if (stranger === undefined) return madeText(random, merchants, damage);
  return { text: damaged(random, stranger.toUpperCase(), damage / 2), merchantId: null };
}

/** Malaysian receipts, nearly none of a chain that the catalogue has. */
function realStrangers(): string[] {
  const truth = new URL('../../shared/data/sroie/truth.json', import.meta.url).pathname;
  if (!existsSync(truth)) return [];
  const documents: { lines: string[] }[] = JSON.parse(readFileSync(truth, 'utf8'));
  const texts = documents.map(({ lines }) => lines.join('\n'));
  return texts.filter((text) => !/domino|shell/i.test(text));
}

function vectorOf({ cosine, lead, weight }: LexicalFeatures): number[] {
  return [1, cosine, lead, weight];
}

/** Logistic regression by Newton's method, with a little ridge. */
function fit(data: readonly Sample[]): number[] {
  let found = [0, 0, 0, 0];
  for (let step = 0; step < 12; step += 1) {
    const slope = [0, 0, 0, 0];
    const curve = found.map((_, row) => found.map((__, column): number => (row === column ? 1e-3 : 0)));
    for (const { x, isRight } of data) {
      const p = chance(found, x);
      for (const [row, value] of x.entries()) {
        slope[row] = (slope[row] ?? 0) + (p - (isRight ? 1 : 0)) * value;
        for (const [column, other] of x.entries()) {
          const line = curve[row];
          if (line) line[column] = (line[column] ?? 0) + p * (1 - p) * value * other;
        }
      }
    }
    const change = solve(curve, slope);
    found = found.map((value, place) => value - (change[place] ?? 0));
  }
  return found;
}

/** Gauss-Jordan; the matrix is positive definite, so no pivot is zero. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  for (let pivot = 0; pivot < rows.length; pivot += 1) {
    const line = (rows[pivot] ?? []).map((value) => value / (rows[pivot]?.[pivot] ?? 1));
    for (const [index, row] of rows.entries()) {
      const factor = row[pivot] ?? 0;
      rows[index] = index === pivot ? line : row.map((value, column) => value - factor * (line[column] ?? 0));
    }
  }
  return rows.map((row) => row.at(-1) ?? 0);
}

function chance(found: readonly number[], x: readonly number[]): number {
  return 1 / (1 + Math.exp(-x.reduce((sum, value, place) => sum + value * (found[place] ?? 0), 0)));
}

function reliability(data: readonly Sample[], found: readonly number[]) {
  const bins = Map.groupBy(data, ({ x }) => Math.min(9, Math.floor(chance(found, x) * 10)));
  return [...bins]
    .sort(([a], [b]) => a - b)
    .map(([bin, rows]) => ({
      said: `${bin / 10}-${(bin + 1) / 10}`,
      of: rows.length,
      mean: round(rows.reduce((sum, { x }) => sum + chance(found, x), 0) / rows.length),
      right: round(rows.filter(({ isRight }) => isRight).length / rows.length),
    }));
}

function round(value: number | undefined): number {
  return Math.round((value ?? 0) * 1000) / 1000;
}
