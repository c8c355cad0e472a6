import { type TaxIdRule, weightedSumFromRight } from './tax-id.ts';

/** Peru: RUC, 11 digits, modulo 11 with weights 2 to 7 from the right. */
export const rucPeru: TaxIdRule = {
  kind: 'ruc-pe',
  country: 'PE',
  shapes: ['99999999999'],
  isValid: (compact) =>
    /^(10|15|16|17|20)\d{9}$/.test(compact) &&
    (11 - (weightedSumFromRight(compact.slice(0, 10), [2, 3, 4, 5, 6, 7]) % 11)) % 10 === Number(compact[10]),
  format: (compact) => compact,
};

/** Ecuador: RUC, 13 digits ending in the number of the establishment; the third digit says how the check digit is made. */
export const rucEcuador: TaxIdRule = {
  kind: 'ruc-ec',
  country: 'EC',
  shapes: ['9999999999999'],
  isValid: isEcuadorian,
  format: (compact) => compact,
};

function isEcuadorian(compact: string): boolean {
  if (!/^(0[1-9]|1\d|2[0-4]|30)\d{8}0\d[1-9]$/.test(compact)) return false;
  const third = Number(compact[2]);
  if (third === 9) return modulo11(compact.slice(0, 9)) === Number(compact[9]);
  if (third === 6) return modulo11(compact.slice(0, 8)) === Number(compact[8]);
  return third < 6 && modulo10(compact.slice(0, 9)) === Number(compact[9]);
}

/** 2 to 7 from the right, cycled, fits both the weights 4 3 2 7 6 5 4 3 2 of companies and 3 2 7 6 5 4 3 2 of public bodies. */
function modulo11(digits: string): number {
  return (11 - (weightedSumFromRight(digits, [2, 3, 4, 5, 6, 7]) % 11)) % 11;
}

function modulo10(digits: string): number {
  const sum = [...digits].reduce((total, digit, place) => {
    const product = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
