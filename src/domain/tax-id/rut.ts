import { type TaxIdRule, weightedSumFromRight } from './tax-id.ts';

/** Chile: RUT, 7 or 8 digits and a check character 0–9 or K (modulo 11, weights 2 to 7). */
export const rut: TaxIdRule = {
  kind: 'rut',
  country: 'CL',
  shapes: ['99999999C', '9999999C'],
  isValid: (compact) => /^\d{7,8}[\dK]$/.test(compact) && rutCheckDigit(compact.slice(0, -1)) === compact.at(-1),
  format: (compact) => `${compact.slice(0, -1)}-${compact.at(-1)}`,
};

export function rutCheckDigit(digits: string): string {
  const digit = 11 - (weightedSumFromRight(digits, [2, 3, 4, 5, 6, 7]) % 11);
  return digit === 11 ? '0' : digit === 10 ? 'K' : String(digit);
}
