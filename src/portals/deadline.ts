import { DateTime } from 'luxon';
import type { Deadline } from './recipe.ts';

/** The last day, YYYY-MM-DD, on which a portal takes a ticket of `date` (YYYY-MM-DD). */
export function lastDay(deadline: Deadline, date: string): string {
  const day = DateTime.fromISO(date, { zone: 'utc' });
  if (deadline.until === 'days') return day.plus({ days: deadline.days }).toISODate() ?? date;
  if (deadline.until === 'end-of-next-month') return day.plus({ months: 1 }).endOf('month').toISODate() ?? date;
  return day.endOf('month').plus({ days: deadline.plusDays }).toISODate() ?? date;
}

/** Whole days from `today` to the last day; 0 on the last day, negative after it. */
export function daysLeft(deadline: Deadline, date: string, today: string): number {
  const last = DateTime.fromISO(lastDay(deadline, date), { zone: 'utc' });
  return Math.round(last.diff(DateTime.fromISO(today, { zone: 'utc' }), 'days').days);
}
