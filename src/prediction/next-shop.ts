import { type Expert, experts, type Shares } from './experts.ts';
import { dayMs, type Purchase } from './purchase.ts';
import { competingRenewals, quantile, soonest, type Wait } from './renewals.ts';

export interface Prediction {
  readonly merchant: string;
  /** That the next purchase is there. */
  readonly probability: number;
  /** When the next visit there is expected (median), and between when with a chance of one half; null: beyond 60 days. */
  readonly expectedAt: Date | null;
  readonly earliestAt: Date | null;
  readonly latestAt: Date | null;
}

export interface NextShop {
  /** Likeliest first. */
  readonly predictions: readonly Prediction[];
  /** That the next purchase is at a merchant that the history does not have. */
  readonly newMerchantProbability: number;
  /** When the next purchase is expected, wherever it is. */
  readonly expectedAt: Date | null;
  /** Purchases that it rests on. */
  readonly purchasesUsed: number;
}

/** Of a longer history, the last count. */
const mostPurchases = 500;
/** Purchases on which the experts are weighed. */
const weighedOn = 60;
/** Share of each expert's weight that goes back to all, so that one that was wrong for long can come back. */
const forgiveness = 0.02;
const least = 1e-4;

/**
 * Where the next purchase will be, and when: several simple views of the history (how often, how lately, at which intervals, on which
 * weekday, after which shop), each weighed by how well it would have foretold this history's own last purchases (Bayesian mixture).
 * `history` in any order; what lies after `now` does not count. No purchases: no predictions.
 */
export function predictNextShop(history: readonly Purchase[], now: Date, limit = 10): NextShop {
  const past = history.filter(({ at }) => at <= now).sort((a, b) => a.at.getTime() - b.at.getTime());
  const used = past.slice(-mostPurchases);
  if (used.length === 0) {
    return { predictions: [], newMerchantProbability: 1, expectedAt: null, purchasesUsed: 0 };
  }
  const isNew = newMerchantShare(used);
  const shares = mixed(used, now, weigh(used));
  const { waits } = competingRenewals(used, now);
  const byMerchant = new Map(waits.map((wait) => [wait.merchant, wait]));
  const predictions = [...shares]
    .sort(([, a], [, b]) => b - a)
    .slice(0, limit)
    .map(([merchant, share]) => toPrediction(merchant, share * (1 - isNew), byMerchant.get(merchant), now));
  const expectedAt = later(now, quantile(soonest(waits), 0.5));
  return { predictions, newMerchantProbability: round(isNew), expectedAt, purchasesUsed: used.length };
}

function toPrediction(merchant: string, probability: number, wait: Wait | undefined, now: Date): Prediction {
  const at = (chance: number) => (wait ? later(now, quantile(wait, chance)) : null);
  return { merchant, probability: round(probability), expectedAt: at(0.5), earliestAt: at(0.25), latestAt: at(0.75) };
}

/** Purchases among the last that were the first at their merchant, with half a one added to each side (Krichevsky and Trofimov). */
function newMerchantShare(history: readonly Purchase[]): number {
  const seen = new Set<string>();
  const firsts = history.map(({ merchant }) => {
    const isFirst = !seen.has(merchant);
    seen.add(merchant);
    return isFirst;
  });
  const last = firsts.slice(-60);
  return (last.filter(Boolean).length + 0.5) / (last.length + 1);
}

/** The experts' weights after the last purchases, each judged by what it gave the merchant that came. */
function weigh(history: readonly Purchase[]): number[] {
  let weights = experts.map(() => 1 / experts.length);
  for (let index = Math.max(1, history.length - weighedOn); index < history.length; index += 1) {
    const came = history[index];
    const before = history.slice(0, index);
    const last = before.at(-1);
    if (!came || !last || !before.some(({ merchant }) => merchant === came.merchant)) continue;
    const judged = experts.map(
      (expert, place) => (weights[place] ?? 0) * chanceOf(expert, before, last.at, came.merchant),
    );
    const all = judged.reduce((sum, value) => sum + value, 0);
    weights = judged.map((value) => (1 - forgiveness) * (value / all) + forgiveness / experts.length);
  }
  return weights;
}

function chanceOf(expert: Expert, before: readonly Purchase[], now: Date, merchant: string): number {
  return Math.max(least, expert(before, now).get(merchant) ?? 0);
}

function mixed(history: readonly Purchase[], now: Date, weights: readonly number[]): Shares {
  const sums = new Map<string, number>();
  for (const [place, expert] of experts.entries()) {
    for (const [merchant, share] of expert(history, now)) {
      sums.set(merchant, (sums.get(merchant) ?? 0) + share * (weights[place] ?? 0));
    }
  }
  return sums;
}

function later(now: Date, days: number | null): Date | null {
  return days === null ? null : new Date(now.getTime() + days * dayMs);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
