import { dayMs, type Purchase } from './purchase.ts';
import { competingRenewals } from './renewals.ts';

/** What each merchant of the history has as its share of the next purchase, by one view of the history; the shares add up to 1. */
export type Shares = ReadonlyMap<string, number>;

/** One way to look at a history: `now` is not before the last purchase. */
export type Expert = (history: readonly Purchase[], now: Date) => Shares;

/** The views that are mixed, each simple and each right for some shoppers. */
export const experts: readonly Expert[] = [
  frequencyWithin(365),
  frequencyWithin(30),
  frequencyWithin(7),
  (history, now) => competingRenewals(history, now).shares,
  sameWeekday,
  afterLast,
];

/** Purchases counted with a weight that halves every so many days. */
function frequencyWithin(halfLifeDays: number): Expert {
  return (history, now) => {
    return toShares(history.map(({ merchant, at }) => [merchant, 0.5 ** (daysBetween(at, now) / halfLifeDays)]));
  };
}

/** Purchases of the weekday count full, those of its neighbours a little; the week repeats where the date does not. */
function sameWeekday(history: readonly Purchase[], now: Date): Shares {
  return toShares(
    history.map(({ merchant, at }) => {
      const apart = Math.abs(weekday(at) - weekday(now));
      const weight = [1, 0.3][Math.min(apart, 7 - apart)] ?? 0.05;
      return [merchant, weight * 0.5 ** (daysBetween(at, now) / 120)];
    }),
  );
}

/** What followed the merchant of the last purchase before. */
function afterLast(history: readonly Purchase[]): Shares {
  const last = history.at(-1)?.merchant;
  const followers = history.slice(1).filter((_, index) => history[index]?.merchant === last);
  const all = history.map(({ merchant }): [string, number] => [merchant, 0.5 / history.length]);
  return toShares([...all, ...followers.map(({ merchant }): [string, number] => [merchant, 1])]);
}

/** Adds up per merchant and divides by the sum. */
export function toShares(weights: readonly (readonly [string, number])[]): Shares {
  const sums = new Map<string, number>();
  for (const [merchant, weight] of weights) sums.set(merchant, (sums.get(merchant) ?? 0) + weight);
  const all = [...sums.values()].reduce((sum, weight) => sum + weight, 0);
  return new Map([...sums].map(([merchant, weight]) => [merchant, all > 0 ? weight / all : 1 / sums.size]));
}

export function daysBetween(from: Date, to: Date): number {
  return Math.max(0, (to.getTime() - from.getTime()) / dayMs);
}

function weekday(at: Date): number {
  return at.getUTCDay();
}
