import type { TaxIdRule } from './tax-id.ts';

const personLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';
const companyLetters = 'JABCDEFGHI';

/** Spain: NIF of companies (the old CIF: letter, 7 digits, digit or letter) and of persons (8 digits, letter; NIE with X, Y, Z). */
export const nif: TaxIdRule = {
  kind: 'nif',
  country: 'ES',
  shapes: ['A9999999C', '99999999A'],
  isValid: (compact) => isCompany(compact) || isPerson(compact),
  format: (compact) => compact,
};

function isCompany(compact: string): boolean {
  if (!/^[ABCDEFGHJNPQRSUVW]\d{7}[\dA-J]$/.test(compact)) return false;
  const digits = [...compact.slice(1, 8)].map(Number);
  const sum = digits.reduce((total, digit, place) => total + (place % 2 === 0 ? digitSum(digit * 2) : digit), 0);
  const control = (10 - (sum % 10)) % 10;
  return compact.at(-1) === String(control) || compact.at(-1) === companyLetters[control];
}

function digitSum(number: number): number {
  return Math.floor(number / 10) + (number % 10);
}

function isPerson(compact: string): boolean {
  if (!/^[XYZ\d]\d{7}[A-Z]$/.test(compact)) return false;
  const digits = compact.slice(0, 8).replace('X', '0').replace('Y', '1').replace('Z', '2');
  return personLetters[Number(digits) % 23] === compact.at(-1);
}
