import { fold } from '../command.ts';
import { monthNamed } from '../month.ts';

const dayMs = 86_400_000;

/**
 * `2026-03-19`, `19/03/2026`, `19-3-26`, `19 de marzo de 2026`, `19 mar`, `hoy`, `ayer` → `2026-03-19`. Day first, unless only the
 * other order is a day. Null for what is no day, is still to come, or is before 2000.
 */
export function typedDay(text: string, now: Date): string | null {
  const folded = fold(text);
  const daysAgo = ['hoy', 'today', 'hoje'].includes(folded)
    ? 0
    : ['ayer', 'yesterday', 'ontem'].includes(folded)
      ? 1
      : null;
  if (daysAgo !== null) return new Date(now.getTime() - daysAgo * dayMs).toISOString().slice(0, 10);
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(folded) ?? [];
  if (isoYear) return dayOf(Number(isoYear), Number(isoMonth), Number(isoDay), now);
  const [, first, second, year] = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})$/.exec(folded) ?? [];
  if (first && second && year) {
    const full = year.length === 2 ? 2000 + Number(year) : Number(year);
    return dayOf(full, Number(second), Number(first), now) ?? dayOf(full, Number(first), Number(second), now);
  }
  const [, day, name = '', named] =
    /^(\d{1,2})[-/ ](?:de )?([a-z]{3,12})\.?(?:[-/ ](?:de |del )?(\d{4}))?$/.exec(folded) ?? [];
  return day ? namedDay(Number(day), monthNamed(name), named, now) : null;
}

/** Without a year it is the last such day. */
function namedDay(day: number, month: number, year: string | undefined, now: Date): string | null {
  if (year) return dayOf(Number(year), month, day, now);
  const thisYear = now.getUTCFullYear();
  return dayOf(thisYear, month, day, now) ?? dayOf(thisYear - 1, month, day, now);
}

function dayOf(year: number, month: number, day: number, now: Date): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  const isReal = year >= 2000 && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  // A day later than here it may already be where the receipt was printed.
  return isReal && at.getTime() <= now.getTime() + dayMs ? at.toISOString().slice(0, 10) : null;
}
