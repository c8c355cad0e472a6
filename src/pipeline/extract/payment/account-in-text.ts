import type { Finding } from './finding.ts';

const masked =
  /(?<![\w*])((?:\d ?){0,8})\s?((?:[*•](?:\s{0,2}[*•·xX#]){0,18}|[·xX#](?:\s{0,2}[·xX#*•]){1,18}))\s?(\d{3,6})(?![\w*])/;
const venezuelan = /(?<!\d)0\d{3}[\s-]?\d{4}[\s-]?\d{2}[\s-]?\d{10}(?!\d)/;
const digitsOnly = /(?<![\d*])\d(?:[\s-]?\d){5,21}(?!\d)/;

/**
 * An account: masked as printed (`0102****2314`, `***9496`), or whole without blanks. Between four digits and four digits
 * the mask is written `****` however many stars were read: apps print four, OCR loses or adds one. With digits before the mask lost it is no account.
 */
export function accountIn(text: string): Finding | null {
  return maskedIn(text) ?? wholeIn(text, venezuelan, 0.98);
}

/** As `accountIn`, and abroad after an account's own label any run of 6 to 22 digits. Venezuelan apps print accounts masked or whole. */
export function labelledAccountIn(text: string, isVenezuelan: boolean): Finding | null {
  return accountIn(text) ?? (isVenezuelan ? null : wholeIn(text, digitsOnly, 0.92));
}

function maskedIn(text: string): Finding | null {
  const match = masked.exec(text);
  if (!match) return null;
  const [whole, start = '', stars = '', last = ''] = match;
  const first = start.replaceAll(' ', '');
  if (first.length > 0 && (first.length < 4 || last.length < 4)) return null;
  const mask = first.length === 4 && last.length === 4 ? '****' : '*'.repeat(stars.replaceAll(/\s/g, '').length);
  return { value: first + mask + last, start: match.index, end: match.index + whole.length, certainty: 0.97 };
}

function wholeIn(text: string, expression: RegExp, certainty: number): Finding | null {
  const match = expression.exec(text);
  if (!match) return null;
  return { value: match[0].replace(/[\s-]/g, ''), start: match.index, end: match.index + match[0].length, certainty };
}
