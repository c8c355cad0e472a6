import type { TaxIdRule } from './tax-id.ts';

/** Values of the SAT's check digit: 0–9, A–N, &, O–Z, blank, Ñ (Anexo 20 / IMSS publication, as in many public validators). */
const alphabet = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ';
const form = /^[A-ZÑ&]{3,4}(\d{2})(\d{2})(\d{2})[A-Z\d]{2}[A\d]$/;

/** Mexico: RFC, 12 characters for a company, 13 for a person. */
export const rfc: TaxIdRule = {
  kind: 'rfc',
  country: 'MX',
  shapes: ['AAA999999XXC', 'AAAA999999XXC'],
  isValid: (compact) => isRfcForm(compact) && rfcCheckDigit(compact) === compact.at(-1),
  format: (compact) => compact,
};

/** Form and date only: some RFCs in use fail the check digit. */
export function isRfcForm(compact: string): boolean {
  const [, , month = '', day = ''] = form.exec(compact) ?? [];
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
}

export function rfcCheckDigit(compact: string): string {
  const body = [...compact.slice(0, -1)];
  const start = compact.length === 12 ? 481 : 0;
  const sum = body.reduce((total, sign, place) => total + alphabet.indexOf(sign) * (compact.length - place), start);
  const digit = 11 - (sum % 11);
  return digit === 11 ? '0' : digit === 10 ? 'A' : String(digit);
}
