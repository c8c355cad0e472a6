/**
 * The next-shop model against simple rules, on the held-back last months of histories: each purchase is foretold right after the one
 * before it and again at its own hour (as by somebody who opens the chat when leaving for the shop), from what lies before only. Made-up shoppers, and histories given as CSV (columns Date and Description; other
 * columns are ignored, `Transaction Type` other than `debit` is left out).
 *
 *   node bench/next-shop.ts [--json] [history.csv …]
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { predictNextShop } from '../src/prediction/next-shop.ts';
import { dayMs, type Purchase } from '../src/prediction/purchase.ts';
import { madeHistory } from './next-shop/histories.ts';

type Rule = (before: readonly Purchase[], now: Date) => readonly string[];

const heldBackDays = 90;
const shoppers = 12;
const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

const rules: Readonly<Record<string, Rule>> = {
  model: (before, now) => predictNextShop(before, now, 3).predictions.map(({ merchant }) => merchant),
  'most frequent': (before) => mostFrequent(before),
  'most recent': (before) => [...new Set([...before].reverse().map(({ merchant }) => merchant))],
  'most frequent of 30 days': (before, now) =>
    mostFrequent(before.filter(({ at }) => at.getTime() > now.getTime() - 30 * dayMs)),
};

const sets: Readonly<Record<string, readonly Purchase[][]>> = {
  [`${shoppers} made-up shoppers`]: Array.from({ length: shoppers }, (_, index) => madeHistory(1_000 + index)),
  ...Object.fromEntries(files.map((file) => [basename(file), [historyOf(readFileSync(file, 'utf8'))]])),
};

for (const [name, histories] of Object.entries(sets)) {
  const rows = Object.entries(rules).map(([rule, foretell]) => ({
    rule,
    ...score(histories, foretell, ({ last }) => last),
    ...renamed(score(histories, foretell, ({ came }) => came.at)),
  }));
  const times = timesOf(histories);
  if (process.argv.includes('--json')) console.log(JSON.stringify({ set: name, rows, times }));
  else {
    console.log(`\n${name}, last ${heldBackDays} days held back`);
    console.table(rows);
    console.log(times);
  }
}

interface Case {
  before: Purchase[];
  /** When the purchase before was made. */
  last: Date;
  came: Purchase;
}

function* heldBack(histories: readonly Purchase[][]): Generator<Case> {
  for (const history of histories) {
    const from = (history.at(-1)?.at.getTime() ?? 0) - heldBackDays * dayMs;
    for (const [index, came] of history.entries()) {
      const last = history[index - 1];
      if (last && came.at.getTime() >= from) yield { before: history.slice(0, index), last: last.at, came };
    }
  }
}

function score(histories: readonly Purchase[][], rule: Rule, nowOf: (one: Case) => Date) {
  let [of, first, three] = [0, 0, 0];
  for (const one of heldBack(histories)) {
    const { before, came } = one;
    const said = rule(before, nowOf(one)).slice(0, 3);
    of += 1;
    first += Number(said[0] === came.merchant);
    three += Number(said.includes(came.merchant));
  }
  return { of, 'right %': percent(first, of), 'among three %': percent(three, of) };
}

function renamed(scored: ReturnType<typeof score>) {
  return { 'at its hour: right %': scored['right %'], 'among its three %': scored['among three %'] };
}

/** How far off "when", how sure is "where", and what it takes. */
function timesOf(histories: readonly Purchase[][]) {
  const off: number[] = [];
  const bits: number[] = [];
  const bins = Array.from({ length: 5 }, () => ({ of: 0, said: 0, right: 0 }));
  const began = performance.now();
  for (const { before, last: now, came } of heldBack(histories)) {
    const { predictions, newMerchantProbability, expectedAt } = predictNextShop(before, now, 100);
    if (expectedAt) off.push(Math.abs(expectedAt.getTime() - came.at.getTime()) / dayMs);
    const given = predictions.find(({ merchant }) => merchant === came.merchant)?.probability ?? newMerchantProbability;
    bits.push(-Math.log2(Math.max(1e-4, given)));
    const [best] = predictions;
    const bin = bins[Math.min(4, Math.floor((best?.probability ?? 0) * 5))];
    if (!best || !bin) continue;
    bin.of += 1;
    bin.said += best.probability;
    bin.right += Number(best.merchant === came.merchant);
  }
  const median = off.sort((a, b) => a - b)[Math.floor(off.length / 2)] ?? 0;
  return {
    'next purchase, median days off': Math.round(median * 100) / 100,
    'bits a purchase': Math.round((bits.reduce((sum, bit) => sum + bit, 0) / bits.length) * 100) / 100,
    'ms a prediction': Math.round(((performance.now() - began) / bits.length) * 10) / 10,
    'said → right': bins
      .filter(({ of }) => of > 0)
      .map(({ of, said, right }) => `${percent(said, of)}→${percent(right, of)} (${of})`),
  };
}

function mostFrequent(before: readonly Purchase[]): string[] {
  const groups = Map.groupBy(before, ({ merchant }) => merchant);
  return [...groups].sort(([, a], [, b]) => b.length - a.length).map(([merchant]) => merchant);
}

function historyOf(csv: string): Purchase[] {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const columns = head.split(',');
  const place = (name: string) => columns.indexOf(name);
  const purchases = lines.flatMap((line): Purchase[] => {
    const cells = line.split(',');
    const type = cells[place('Transaction Type')];
    const merchant = cells[place('Description')];
    const [month = 0, day = 0, year = 0] = (cells[place('Date')] ?? '').split('/').map(Number);
    if (!merchant || /payment$/i.test(merchant) || (type !== undefined && type !== 'debit')) return [];
    return [{ merchant, at: new Date(Date.UTC(year < 100 ? 2000 + year : year, month - 1, day, 12)) }];
  });
  return purchases.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function percent(part: number, of: number): number {
  return Math.round((part / Math.max(1, of)) * 1_000) / 10;
}
