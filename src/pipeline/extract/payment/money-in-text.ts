import { formatAmount, parseAmount } from '../amount.ts';
import { digitsOf } from './digits.ts';

/** An amount of a payment, as printed on a proof. */
export interface PaidAmount {
  /** `1234.50` */
  readonly value: string;
  readonly minor: number;
  readonly start: number;
  readonly end: number;
  /** Whether two decimals are printed. */
  readonly hasDecimals: boolean;
  /** The currency's mark as printed, or null. */
  readonly mark: string | null;
  readonly repairs: number;
}

const mark = 'Bs\\.?\\s?[SDF]?\\s?\\.?|B5\\.|VES|VEF|US\\$|USD|COP|MXN|PEN|ARS|CLP|MN|S/\\.?|R\\$|[$€]';
const digit = '[\\dOoIl|]';
const amount = new RegExp(
  `(?<![\\dA-Za-z*/.,:]|\\d-)(?:(${mark})\\s{0,2}:?\\s{0,2})?(${digit}{1,12}(?: ?[.,'] ?(?:${digit} ${digit}(?![\\dOo.,])|${digit}{1,3})){0,5})(?![\\d:/*]|-\\d)(?:\\s{0,2}(${mark})(?![A-Za-z]))?`,
  'gi',
);
/** Digits of the whole part, at most. More is a reference, not money. */
const maxWholeDigits = 11;

/** The amounts of a text, in its order; dates, times and masked accounts are left out. */
export function paidAmounts(text: string): PaidAmount[] {
  return [...text.matchAll(amount)].flatMap((match) => {
    const [whole, before, number = '', after] = match;
    const compact = number.replaceAll(' ', '');
    const digits = digitsOf(compact.replace(/[.,']/g, ''));
    const parsed = digits && parseAmount(withDigits(compact));
    if (!digits || !parsed || digits.digits.length > maxWholeDigits + 2) return [];
    if (digits.repairs > 0 && parsed.form === 'integer') return [];
    const found = {
      minor: parsed.minor,
      value: formatAmount(parsed.minor, 2),
      hasDecimals: /[.,]\d\d$/.test(withDigits(compact)),
    };
    const start = match.index;
    return [{ ...found, start, end: start + whole.length, mark: before ?? after ?? null, repairs: digits.repairs }];
  });
}

function withDigits(number: string): string {
  return number.replace(/[Oo]/g, '0').replace(/[Il|]/g, '1');
}

/**
 * How surely the amount is what is printed. Bolívares are printed with two decimals always, so without them a comma was
 * lost; pesos are often whole.
 */
export function amountCertainty(amount: PaidAmount, isVenezuelan: boolean): number {
  const repaired = amount.repairs > 0 ? 0.88 : 1;
  if (amount.hasDecimals) return repaired * (amount.mark ? 0.99 : 0.97);
  if (isVenezuelan) return 0.5 * repaired;
  return repaired * (amount.mark ? 0.95 : 0.75);
}
