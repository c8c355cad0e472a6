/** An amount as it stands in a row; `minor` is in hundredths whatever the currency, so that it is never a float. */
export interface AmountToken {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly minor: number;
  /** `decimal`: two decimals are printed; `thousands`: groups but no decimals; `integer`: bare digits. */
  readonly form: 'decimal' | 'thousands' | 'integer';
  readonly hasSymbol: boolean;
  /** Characters that were no digits (O for 0, …), or blanks inside that had to be ignored. */
  readonly repairs: number;
}

const digitLike = 'OoQDIl|!SsBGZ';
const asDigit: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  Q: '0',
  D: '0',
  I: '1',
  l: '1',
  '|': '1',
  '!': '1',
  S: '5',
  s: '5',
  B: '8',
  G: '6',
  Z: '2',
};

/** A number, its groups parted by one separator with at most one blank beside it; bounded so that it cannot backtrack far. */
const number = new RegExp(
  `(?<![\\w.,])[\\d${digitLike}]{1,12}(?: ?[.,'][ ]?[\\d${digitLike}]{1,4}(?![\\d]))*(?![\\d/:])`,
  'g',
);
const symbolBefore =
  /(?:\$|€|£|RM|FM|MXN|CLP|ARS|EUR|USD|COP|PEN|GTQ|VES|S\/\.?|Q[TZ]*\.?|Bs\.?|₡|C\$|B\/\.)\s{0,2}[:*]?\s{0,2}-?$/i;
const symbolAfter = /^\s?(?:€|MXN|EUR|USD|Bs|ARS|CLP|M\.N)/i;
/** Largest amount believed: 13 digits with its decimals. */
const maxMinor = 10 ** 13;

/** Cents alone (`RM .40`), and thousands that OCR parted by a blank (`1 302.00`). */
const oddNumbers = [/(?<!\d ?)(?<![\w.,])\.\d\d(?![\d.,])/g, /(?<![\d.,])\d{1,3}(?: \d{3})+[.,]\d\d(?!\d)/g];

/** Every number of the row that could be money; percentages, dates, times and long codes are left out. */
export function findAmounts(text: string): AmountToken[] {
  const found: AmountToken[] = [];
  for (const match of unglued(text).matchAll(number)) {
    // A tax code stuck to its amount: `8.70S`, `42.50A`.
    const token = tokenOf(text, match.index, match[0].replace(/([.,]\d\d)[A-Za-z]{1,2}$/, '$1'));
    if (token) found.push(token);
  }
  const odd = oddNumbers.flatMap((expression) => [...text.matchAll(expression)]);
  for (const match of odd) {
    const token = tokenOf(text, match.index, match[0]);
    if (token) found.push({ ...token, repairs: token.repairs + (match[0].startsWith('.') ? 0 : 1) });
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Currency signs glued to a number become blanks of the same length: `RM41.95`, `$1.890`, `QTZ65.00`, `T:792.00`. */
function unglued(text: string): string {
  return text.replace(/(?:RM|FM|QT?Z?|\bS|\bM|[A-Z]{3}|EUR|S\/\.?|Bs\.?|[$€£×xX*(:=@-])(?=[\dO][\d.,O])/g, (sign) =>
    ' '.repeat(sign.length),
  );
}

/** An amount that is all of a piece of text, with blanks that OCR put into it: `10 0.9 0`, `80 0,54`, `1 01.00`. */
const spaced = /^((?:RM|[$€:=S])?\s?)(\d{1,3}(?: \d{1,3}){0,3} ?[.,] ?\d ?\d)\s?[A-Z€]?$/;

/**
 * The joined amount of such a text, or null. A blank between the decimals leaves no doubt (`isSure`); one among the whole
 * digits may also part a quantity from a price.
 */
export function findSpacedAmount(text: string): { token: AmountToken; isSure: boolean } | null {
  const [, sign = '', number = ''] = spaced.exec(text.trimEnd()) ?? [];
  if (!/\d ?\d/.test(number) || !number.includes(' ')) return null;
  const minor = Number(number.replace(/\D/g, ''));
  const isSure = / \d$/.test(number);
  const start = sign.length;
  const token = { start, end: start + number.length, text: number, minor, form: 'decimal' as const, hasSymbol: false };
  return { token: { ...token, repairs: 1 }, isSure };
}

function tokenOf(row: string, start: number, text: string): AmountToken | null {
  const end = start + text.length;
  const before = row.slice(Math.max(0, start - 8), start);
  const after = row.slice(end, end + 6);
  if (/^\s?[%°]/.test(after) || (/^[A-Za-z]{2}/.test(after) && !symbolAfter.test(after))) return null;
  const digits = [...text].map((sign) => asDigit[sign] ?? sign).join('');
  const realDigits = [...text].filter((sign) => /\d/.test(sign)).length;
  const letters = [...text].filter((sign) => digitLike.includes(sign)).length;
  if (realDigits === 0 && !/^[Oo]+[.,][Oo]{2}$/.test(text)) return null;
  if (letters > realDigits + 1) return null;
  const joined = digits.replaceAll(' ', '');
  const parsed = parseAmount(joined.startsWith('.') ? `0${joined}` : joined);
  if (!parsed || parsed.minor > maxMinor) return null;
  const isNegative = /-\s?$/.test(before) || (/\(\s?$/.test(before) && /^\s?\)/.test(after)) || /^-(?!\d)/.test(after);
  const repairs = letters + (text.includes(' ') ? 1 : 0);
  if (repairs > 0 && parsed.form === 'integer') return null;
  return {
    start,
    end,
    text,
    minor: isNegative ? -parsed.minor : parsed.minor,
    form: parsed.form,
    hasSymbol: symbolBefore.test(before) || symbolAfter.test(after),
    repairs,
  };
}

/**
 * `1.234,56`, `1,234.56`, `1234.5`, `12.345`, `1'234.00`: the last separator followed by one or two digits parts the decimals;
 * groups of three are thousands. Null when it is none of these (four decimals are a unit price, not money).
 */
export function parseAmount(text: string): { minor: number; form: AmountToken['form'] } | null {
  const groups = text.split(/[.,']/);
  const [first = '', ...rest] = groups;
  if (!groups.every((group) => /^\d+$/.test(group)) || first.length > 11) return null;
  if (rest.length === 0) return { minor: Number(first) * 100, form: 'integer' };
  const last = rest.at(-1) ?? '';
  const isGrouped = (parts: readonly string[]) => parts.every((part) => part.length === 3) && first.length <= 3;
  if (last.length <= 2) {
    const thousands = rest.slice(0, -1);
    if (!isGrouped(thousands) && thousands.length > 0) return null;
    return { minor: Number(first + thousands.join('')) * 100 + Number(last.padEnd(2, '0')), form: 'decimal' };
  }
  if (!isGrouped(rest) || first === '0' || first.startsWith('00')) return null;
  return { minor: Number(first + rest.join('')) * 100, form: 'thousands' };
}

/** `1234.50`, or `1234` for a currency without cents; `minor` in hundredths. */
export function formatAmount(minor: number, decimals: 0 | 2): string {
  const whole = Math.trunc(Math.abs(minor) / 100);
  const cents = String(Math.abs(minor) % 100).padStart(2, '0');
  return `${minor < 0 ? '-' : ''}${whole}${decimals === 0 ? '' : `.${cents}`}`;
}
