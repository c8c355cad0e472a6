import { findDates } from '../date.ts';
import { findTimes } from '../time.ts';
import type { Finding } from './finding.ts';

/** Age in days above which a proof is doubted: payments are claimed soon after they are made. */
const oldAfterDays = 1100;

/** The date of an operation, day before month as all of Latin America prints it; a day that is still to come is doubted. */
export function operationDateIn(text: string, today: string): Finding | null {
  const token = findDates(tightened(text), 'dmy').sort((a, b) => a.start - b.start)[0];
  if (!token) return null;
  const ageDays = (Date.parse(today) - Date.parse(token.value)) / 86_400_000;
  const plausible = ageDays < -1 ? 0.3 : ageDays > oldAfterDays ? 0.75 : 1;
  const certainty = plausible * (token.form === 'glued' ? 0.85 : 0.985);
  return { value: token.value, start: token.start, end: Math.min(token.end, text.length), certainty };
}

/** The time of an operation; one without am/pm before 13:00 could be either, unless all of the app's times are 24-hour. */
export function operationTimeIn(text: string): Finding | null {
  const token = findTimes(text)[0];
  if (!token) return null;
  const hour = Number(token.value.slice(0, 2));
  const printed = text.slice(token.start, token.end);
  const isSure = hour >= 13 || hour === 0 || /[ap]/i.test(printed);
  return { value: token.value, start: token.start, end: token.end, certainty: isSure ? 0.97 : 0.82 };
}

/** Blanks beside the separators of a date moved out of the way (`20/06/ 2025`); the length stays. */
function tightened(text: string): string {
  return text.replace(/(\d) ?([/-]) ?(?=\d)/g, (whole, digit: string, separator: string) =>
    (digit + separator).padEnd(whole.length, ' '),
  );
}
