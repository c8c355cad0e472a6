import type { TaxIdRule } from './tax-id.ts';

const weights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19];

/** Australia: ABN, 11 digits, modulo 89 (Australian Business Register). */
export const abn: TaxIdRule = {
  kind: 'abn',
  country: 'AU',
  shapes: ['99999999999'],
  isValid: (compact) => {
    if (!/^[1-9]\d{10}$/.test(compact)) return false;
    const sum = weights.reduce((total, weight, place) => total + weight * Number(compact[place]), -10);
    return sum % 89 === 0;
  },
  format: (compact) => compact,
};
