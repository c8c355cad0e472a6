import { type TaxIdRule, weightedSumFromRight } from './tax-id.ts';

/** Argentina: CUIT, a type prefix, 8 digits and a check digit (modulo 11, weights 2 to 7 from the right). */
export const cuit: TaxIdRule = {
  kind: 'cuit',
  country: 'AR',
  shapes: ['99999999999'],
  isValid: (compact) =>
    /^(20|23|24|27|30|33|34)\d{9}$/.test(compact) && cuitCheckDigit(compact.slice(0, 10)) === compact.at(-1),
  format: (compact) => `${compact.slice(0, 2)}-${compact.slice(2, 10)}-${compact.slice(10)}`,
};

/** Check digit of the first ten digits, or null where none exists (the registry then issues another prefix). */
export function cuitCheckDigit(digits: string): string | null {
  const digit = 11 - (weightedSumFromRight(digits, [2, 3, 4, 5, 6, 7]) % 11);
  return digit === 11 ? '0' : digit === 10 ? null : String(digit);
}
