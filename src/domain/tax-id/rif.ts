import type { TaxIdRule } from './tax-id.ts';

const letterValues: Readonly<Record<string, number>> = { V: 1, E: 2, J: 3, C: 3, P: 4, G: 5 };
const weights = [3, 2, 7, 6, 5, 4, 3, 2];

/** Venezuela: RIF, a letter, 8 digits and a check digit. */
export const rif: TaxIdRule = {
  kind: 'rif',
  country: 'VE',
  shapes: ['A99999999C'],
  isValid: (compact) => /^[VEJCPG]\d{9}$/.test(compact) && rifCheckDigit(compact.slice(0, 9)) === Number(compact[9]),
  format: (compact) => compact,
};

/** Check digit of letter and 8 digits. */
export function rifCheckDigit(body: string): number {
  const first = (letterValues[body[0] ?? ''] ?? 0) * 4;
  const sum = weights.reduce((total, weight, place) => total + weight * Number(body[place + 1]), first);
  const digit = 11 - (sum % 11);
  return digit >= 10 ? 0 : digit;
}
