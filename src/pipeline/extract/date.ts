export type DateOrder = 'dmy' | 'mdy';

/** A calendar date found in a text; `ambiguous` when day and month could change places. */
export interface DateToken {
  readonly start: number;
  readonly end: number;
  /** YYYY-MM-DD in the order asked for. */
  readonly value: string;
  /** The other reading of an ambiguous date, else null. */
  readonly swapped: string | null;
  readonly form: 'numeric' | 'iso' | 'named' | 'glued';
  readonly hasCentury: boolean;
}

/** Months by their first letters in Spanish, English, Catalan, Galician and Portuguese. */
const months: readonly (readonly string[])[] = [
  ['ENE', 'JAN', 'GEN', 'XAN'],
  ['FEB', 'FEV'],
  ['MAR'],
  ['ABR', 'APR'],
  ['MAY', 'MAI'],
  ['JUN', 'XUN'],
  ['JUL', 'XUL'],
  ['AGO', 'AUG'],
  ['SEP', 'SET'],
  ['OCT', 'OUT', '0CT'],
  ['NOV'],
  ['DIC', 'DEC', 'DES', 'DEZ'],
];
const monthName = `(?:${months.flat().join('|')})[A-Z]{0,7}`;
const separator = '[ ]?[/.\\-][ ]?';

interface Pattern {
  readonly form: DateToken['form'];
  readonly expression: RegExp;
  /** Which group holds what. */
  readonly parts: 'ymd' | 'dmy' | 'mdy' | 'either';
}

const patterns: readonly Pattern[] = [
  {
    form: 'iso',
    parts: 'ymd',
    expression: new RegExp(`(?<!\\d)((?:19|20)\\d\\d)${separator}(\\d{1,2})${separator}(\\d{1,2})(?!\\d{3})`, 'g'),
  },
  {
    form: 'numeric',
    parts: 'either',
    expression: new RegExp(`(?<!\\d)(\\d ?\\d|\\d)${separator}(\\d ?\\d|\\d)${separator}((?:19|20)\\d\\d)`, 'g'),
  },
  {
    form: 'numeric',
    parts: 'either',
    expression: /(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})(?=\D|$|\d{1,2}:\d\d)(?![/.-]\d)/g,
  },
  {
    form: 'named',
    parts: 'dmy',
    expression: new RegExp(
      `(?<!\\d)(\\d{1,2})(?: ?(?:DE|OF|[/.\\- ]) ?)?(${monthName})(?:[ ,./-]{0,3}|(?: DE[L]? ))((?:19|20)\\d\\d|\\d\\d)(?!\\d{3})`,
      'g',
    ),
  },
  {
    form: 'named',
    parts: 'mdy',
    expression: new RegExp(
      `(?<![A-Z])(${monthName})[ ./-]{0,2}(\\d{1,2})(?:ST|ND|RD|TH)?[ ,./-]{1,3}((?:19|20)\\d\\d|\\d\\d)(?!\\d)`,
      'g',
    ),
  },
  { form: 'glued', parts: 'either', expression: /(?<!\d)(\d\d)(\d\d)(20[0-4]\d)(?=$|[^\d]|\d\d:\d\d)/g },
  { form: 'glued', parts: 'either', expression: /(\d\d)[/.\-: ](\d\d)[/.\-: ](20[0-4]\d)(?=\D|$|\d\d[:.]\d\d)/g },
  {
    form: 'glued',
    parts: 'either',
    expression: /(?<!\d)(\d\d)(?:[/.-](\d\d)|(\d\d)[/.-])(20[0-4]\d)(?=\D|$|\d\d:\d\d)/g,
  },
  { form: 'glued', parts: 'either', expression: /(?<!\d)(\d ?\d) ?\/ ?(\d ?\d) ?\/ ?(\d ?\d)(?!\d)/g },
  { form: 'glued', parts: 'ymd', expression: /(?<!\d)(20[0-4]\d)(\d\d)(\d\d)(?=$|[^\d]|\d\d:\d\d)/g },
];

const asDigit: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  Q: '0',
  I: '1',
  l: '1',
  '|': '1',
  S: '5',
  B: '8',
  Z: '2',
  G: '6',
};
const dateLike = /(?<![A-Za-z\d])[\dOoQIl|SBZG]{1,4}[/.:-][\dOoQIl|SBZG]{1,2}[/.:-][\dOoQIl|SBZG]{2,4}(?![A-Za-z])/g;

/** Letters read for digits, in what has the shape of a date or a time and is mostly digits. */
export function digitsRepaired(text: string): string {
  return text.replace(dateLike, (shape) =>
    shape.replace(/\D/g, '').length >= 4 ? shape.replace(/[A-Za-z|]/g, (sign) => asDigit[sign] ?? sign) : shape,
  );
}

/** Every date in the text, first pattern first; tokens do not overlap. `order` settles dates such as 03/04/2025. */
export function findDates(text: string, order: DateOrder): DateToken[] {
  const upper = digitsRepaired(text).normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  if (upper.length !== text.length) return findDates(upper, order);
  const found: DateToken[] = [];
  for (const pattern of patterns) {
    for (const match of upper.matchAll(pattern.expression)) {
      const token = tokenOf(match, pattern, order);
      if (token && !found.some((other) => other.start < token.end && token.start < other.end)) found.push(token);
    }
  }
  return found;
}

function tokenOf(match: RegExpMatchArray, pattern: Pattern, order: DateOrder): DateToken | null {
  const [whole, ...groups] = match;
  const [first = '', second = '', third = ''] = groups
    .filter((group) => group !== undefined)
    .map((group) => group.replace(' ', ''));
  const start = match.index ?? 0;
  const base = { start, end: start + whole.length, form: pattern.form };
  if (pattern.parts === 'ymd') return dateToken(base, first, second, third, null);
  if (pattern.parts === 'dmy') return dateToken(base, third, monthNumber(second), first, null);
  if (pattern.parts === 'mdy') return dateToken(base, third, monthNumber(first), second, null);
  const dayFirst = isoDate(third, second, first);
  const monthFirst = isoDate(third, first, second);
  const [wanted, other] = order === 'dmy' ? [dayFirst, monthFirst] : [monthFirst, dayFirst];
  const value = wanted ?? other;
  const swapped = wanted && other && wanted !== other ? other : null;
  return value ? { ...base, value, swapped, hasCentury: third.length === 4 } : null;
}

function dateToken(
  base: Pick<DateToken, 'start' | 'end' | 'form'>,
  year: string,
  month: string,
  day: string,
  swapped: string | null,
): DateToken | null {
  const value = isoDate(year, month, day);
  return value ? { ...base, value, swapped, hasCentury: year.length === 4 } : null;
}

function monthNumber(name: string): string {
  return String(months.findIndex((names) => names.some((start) => name.startsWith(start))) + 1);
}

/** `YYYY-MM-DD`, or null when there is no such day; two-digit years are of this century. */
function isoDate(year: string, month: string, day: string): string | null {
  const value = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? value : null;
}
