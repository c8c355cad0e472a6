import type { Language } from '../domain/language.ts';
import { fold } from './command.ts';

const names: Record<Language, readonly string[]> = {
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
  en: 'january february march april may june july august september october november december'.split(' '),
  pt: 'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro'.split(' '),
};

/**
 * The month that a person names, as `2026-03`: `2026-03`, `03/2026`, `marzo`, `mar 2025`, `march`; nothing is this month, and
 * a month without year is the last one of that name; `mes pasado` is the one before this. Null when it is none.
 */
export function monthIn(text: string, now: Date): string | null {
  const folded = fold(text)
    .trim()
    .replace(/^(?:de|del|en|em|do|of|in)\s+/, '');
  const thisMonth = now.toISOString().slice(0, 7);
  if (folded === '' || /^(este mes|this month)$/.test(folded)) return thisMonth;
  if (/^(-1|(el )?mes pasado|last month|o mes passado)$/.test(folded)) return monthsFrom(thisMonth, -1);
  const [, year, month] = /^(\d{4})[-/. ](\d{1,2})$/.exec(folded) ?? [];
  if (year && month) return monthOf(Number(year), Number(month));
  const [, monthFirst, yearLast] = /^(\d{1,2})[-/. ](\d{4})$/.exec(folded) ?? [];
  if (monthFirst && yearLast) return monthOf(Number(yearLast), Number(monthFirst));
  const [, name = '', namedYear] = /^([a-z]{3,12})(?:\s+(?:de\s+|del\s+|of\s+)?(\d{4}))?$/.exec(folded) ?? [];
  const number = monthNamed(name);
  if (number === 0) return null;
  if (namedYear) return monthOf(Number(namedYear), number);
  const latest = monthOf(now.getUTCFullYear(), number);
  return latest && latest > thisMonth ? monthOf(now.getUTCFullYear() - 1, number) : latest;
}

/** `2026-03` → `marzo de 2026`. */
export function showMonth(month: string, locale: string): string {
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString(locale, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** The month so many months before or after. */
export function monthsFrom(month: string, count: number): string {
  const day = new Date(`${month}-01T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + count);
  return day.toISOString().slice(0, 7);
}

/** From 1; 0 for no month. Three letters are enough. */
export function monthNamed(name: string): number {
  if (name.length < 3) return 0;
  const places = Object.values(names).map((list) => list.findIndex((full) => full.startsWith(name)));
  return Math.max(...places) + 1;
}

function monthOf(year: number, month: number): string | null {
  if (year < 2000 || year > 2100 || month < 1 || month > 12) return null;
  return `${year}-${String(month).padStart(2, '0')}`;
}
