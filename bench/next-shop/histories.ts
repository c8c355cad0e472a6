/** Made-up but realistic purchase histories; the same for the same seed. */

import { dayMs, type Purchase } from '../../src/prediction/purchase.ts';
import { createRandom, type Random } from '../classify/texts.ts';

interface Habit {
  readonly merchant: string;
  /** Whether there is a visit on this day; `since` is days since the last one. */
  readonly goes: (random: Random, day: number, since: number) => boolean;
  /** Local hour, roughly. */
  readonly hour: number;
}

const start = Date.UTC(2025, 0, 1);
const days = 420;
/** Receipts that nobody photographs. */
const lost = 0.15;

/** One person's purchases over fourteen months. */
export function madeHistory(seed: number): Purchase[] {
  const random = createRandom(seed);
  const habits = habitsOf(random);
  const last = new Map<string, number>();
  const purchases: Purchase[] = [];
  const holiday = Math.floor(random() * (days - 20));
  for (let day = 0; day < days; day += 1) {
    if (day >= holiday && day < holiday + 10) continue;
    for (const { merchant, goes, hour } of habits) {
      const since = day - (last.get(merchant) ?? -Math.floor(random() * 20));
      if (!goes(random, day, since)) continue;
      last.set(merchant, day);
      if (random() < lost) continue;
      purchases.push({ merchant, at: new Date(start + day * dayMs + (hour + random() * 2) * 3_600_000) });
    }
    if (random() < 0.06)
      purchases.push({ merchant: `única ${day}`, at: new Date(start + day * dayMs + 15 * 3_600_000) });
  }
  return purchases.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function weekdayOf(day: number): number {
  return new Date(start + day * dayMs).getUTCDay();
}

function habitsOf(random: Random): Habit[] {
  const marketDay = Math.floor(random() * 7);
  const moves = 120 + Math.floor(random() * 200);
  const fuelEvery = 6 + random() * 12;
  const payday = 1 + Math.floor(random() * 15);
  const weekly = (from: number, to: number) => (r: Random, day: number, since: number) =>
    day >= from && day < to && since >= 3 && (weekdayOf(day) === marketDay ? r() < 0.8 : r() < 0.04);
  const workday = (chance: number) => (r: Random, day: number) => weekdayOf(day) % 6 !== 0 && r() < chance;
  const weekend = (chance: number) => (r: Random, day: number) => weekdayOf(day) % 6 === 0 && r() < chance;
  const every = (mean: number, spread: number) => (r: Random, _day: number, since: number) =>
    r() < 1 / (1 + Math.exp(-(since - mean) / spread)) / 2;
  const monthly = (date: number) => (r: Random, day: number) =>
    Math.abs(new Date(start + day * dayMs).getUTCDate() - date) <= 1 && r() < 0.45;
  return [
    { merchant: 'supermercado', goes: weekly(0, moves), hour: 18 },
    { merchant: 'supermercado nuevo', goes: weekly(moves, days), hour: 18 },
    { merchant: 'café', goes: workday(0.15 + random() * 0.5), hour: 8 },
    { merchant: 'comida corrida', goes: workday(0.1 + random() * 0.4), hour: 14 },
    { merchant: 'tienda de la esquina', goes: (r) => r() < 0.08 + 0.1, hour: 20 },
    { merchant: 'gasolinera', goes: every(fuelEvery, 1.5), hour: 19 },
    { merchant: 'farmacia', goes: every(25 + random() * 20, 6), hour: 17 },
    { merchant: 'luz y teléfono', goes: monthly(payday), hour: 11 },
    { merchant: 'gimnasio', goes: monthly(1 + Math.floor(random() * 27)), hour: 7 },
    { merchant: 'cine', goes: weekend(0.08), hour: 18 },
    { merchant: 'restaurante', goes: weekend(0.2), hour: 15 },
    { merchant: 'pizzas', goes: weekend(0.1), hour: 21 },
    { merchant: 'ferretería', goes: (r) => r() < 0.02, hour: 12 },
    { merchant: 'ropa', goes: (r) => r() < 0.015, hour: 16 },
  ];
}
