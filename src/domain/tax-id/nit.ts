import { type TaxIdRule, weightedSumFromRight } from './tax-id.ts';

/** Weights of the DIAN, from the right. */
const colombianWeights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71];

/** Colombia: NIT, 9 digits and a check digit. */
export const nitColombia: TaxIdRule = {
  kind: 'nit-co',
  country: 'CO',
  shapes: ['9999999999'],
  isValid: (compact) =>
    /^[1-9]\d{9}$/.test(compact) && nitColombiaCheckDigit(compact.slice(0, 9)) === Number(compact[9]),
  format: (compact) => `${compact.slice(0, 9)}-${compact.slice(9)}`,
};

export function nitColombiaCheckDigit(digits: string): number {
  const rest = weightedSumFromRight(digits, colombianWeights) % 11;
  return rest < 2 ? rest : 11 - rest;
}

/** Guatemala: NIT, up to 8 digits and a check character 0–9 or K. */
export const nitGuatemala: TaxIdRule = {
  kind: 'nit-gt',
  country: 'GT',
  shapes: ['99999999C', '9999999C', '999999C'],
  isValid: (compact) =>
    /^\d{6,8}[\dK]$/.test(compact) && nitGuatemalaCheckDigit(compact.slice(0, -1)) === compact.at(-1),
  format: (compact) => `${compact.slice(0, -1)}-${compact.at(-1)}`,
};

export function nitGuatemalaCheckDigit(digits: string): string {
  const digit = (11 - (weightedSumFromRight(digits, [2, 3, 4, 5, 6, 7, 8, 9, 10]) % 11)) % 11;
  return digit === 10 ? 'K' : String(digit);
}
