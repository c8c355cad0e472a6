import { dayMs, type Purchase } from './purchase.ts';

/** How long a merchant's next visit is still away, in days, from now. */
export interface Wait {
  readonly merchant: string;
  /** That it is further away than each day of the grid; index 0 is now, so 1. */
  readonly survival: Float64Array;
}

export interface Renewals {
  /** Share of each merchant in being visited first. */
  readonly shares: ReadonlyMap<string, number>;
  readonly waits: readonly Wait[];
}

/** Days looked ahead, and steps of a day. */
const horizonDays = 60;
const stepsPerDay = 1;
/** Merchants looked at, those visited last; of one that was visited once no interval is known. */
const mostMerchants = 30;
/** Intervals counted as if seen before any is: the spread of the whole history's. */
const priorIntervals = 2;
const priorSpread = 0.8;
const shortestDays = 0.25;
/** Of a merchant that was visited once, as purchases. */
const onceShare = 0.3;

/**
 * Each merchant's visits as a renewal process with log-normal intervals (shrunk towards the history's own where few were seen), given the
 * time since its last visit; the share of a merchant is the chance that its next visit comes before every other one's.
 */
export function competingRenewals(history: readonly Purchase[], now: Date): Renewals {
  const all = recentVisits(history);
  const visits = new Map([...all].filter(([, times]) => times.length > 1).slice(0, mostMerchants));
  const usual = usualInterval(visits);
  const waits = [...visits].map(([merchant, times]) => ({ merchant, survival: survivalOf(times, now, usual) }));
  const steps = horizonDays * stepsPerDay;
  const first = new Float64Array(waits.length);
  for (let step = 1; step <= steps; step += 1) {
    let nobody = 1;
    for (const { survival } of waits) nobody *= Math.max(1e-12, survival[step - 1] ?? 0);
    for (const [index, { survival }] of waits.entries()) {
      const before = Math.max(1e-12, survival[step - 1] ?? 0);
      first[index] = (first[index] ?? 0) + nobody * (1 - (survival[step] ?? 0) / before);
    }
    if (nobody < 1e-6) break;
  }
  const weights = [...all.keys()].map((merchant): [string, number] => {
    const index = waits.findIndex((wait) => wait.merchant === merchant);
    return [merchant, index < 0 ? onceShare / history.length : (first[index] ?? 0)];
  });
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  return { shares: new Map(weights.map(([merchant, weight]) => [merchant, weight / sum])), waits };
}

/** Days until the wait is over with this probability; null when that is beyond the horizon. */
export function quantile({ survival }: Wait, probability: number): number | null {
  const step = survival.findIndex((left) => 1 - left >= probability);
  return step < 0 ? null : step / stepsPerDay;
}

/** When any of them comes next, as one wait. */
export function soonest(waits: readonly Wait[]): Wait {
  const survival = Float64Array.from({ length: horizonDays * stepsPerDay + 1 }, (_, step) =>
    waits.reduce((product, wait) => product * (wait.survival[step] ?? 0), 1),
  );
  return { merchant: '', survival };
}

function recentVisits(history: readonly Purchase[]): Map<string, number[]> {
  const visits = new Map<string, number[]>();
  for (const { merchant, at } of [...history].reverse()) {
    const times = visits.get(merchant);
    if (times) times.push(at.getTime());
    else visits.set(merchant, [at.getTime()]);
  }
  for (const times of visits.values()) times.reverse();
  return visits;
}

/** Logarithms of the days between visits. */
function intervalsOf(times: readonly number[]): number[] {
  return times.slice(1).map((at, index) => Math.log(Math.max(shortestDays, (at - (times[index] ?? at)) / dayMs)));
}

function usualInterval(visits: ReadonlyMap<string, readonly number[]>): number {
  const all = [...visits.values()].flatMap(intervalsOf);
  return all.length === 0 ? Math.log(30) : all.reduce((sum, value) => sum + value, 0) / all.length;
}

function survivalOf(times: readonly number[], now: Date, usual: number): Float64Array {
  // Habits change: the last twelve intervals say more than all.
  const intervals = intervalsOf(times).slice(-12);
  const elapsed = Math.max(0, (now.getTime() - (times.at(-1) ?? now.getTime())) / dayMs);
  const count = intervals.length + priorIntervals;
  const mean = (intervals.reduce((sum, value) => sum + value, 0) + priorIntervals * usual) / count;
  const squares = intervals.reduce((sum, value) => sum + (value - mean) ** 2, 0) + priorIntervals * priorSpread ** 2;
  const spread = Math.max(0.1, Math.sqrt(squares / count));
  const beyond = (days: number) => 1 - normal((Math.log(Math.max(1e-3, days)) - mean) / spread);
  const still = Math.max(1e-9, beyond(elapsed));
  return Float64Array.from({ length: horizonDays * stepsPerDay + 1 }, (_, step) =>
    step === 0 ? 1 : Math.min(1, beyond(elapsed + step / stepsPerDay) / still),
  );
}

/** The normal distribution's cumulative function (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
function normal(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}
