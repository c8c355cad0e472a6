import type { Table, TableCell } from './table.ts';

/** Currencies of countries that write 1.234,50; their spreadsheets take `;` between cells. */
const withDecimalComma: ReadonlySet<string> = new Set([
  'ARS',
  'BOB',
  'BRL',
  'CLP',
  'COP',
  'CRC',
  'EUR',
  'PYG',
  'UYU',
  'VES',
]);

/** The table as CSV that the spreadsheet of the currency's country opens as it is: UTF-8 with BOM, CRLF. */
export function toCsv({ head, rows }: Table, currency: string): Uint8Array {
  const hasDecimalComma = withDecimalComma.has(currency);
  const separator = hasDecimalComma ? ';' : ',';
  const lines = [head.map(quote), ...rows.map((row) => row.map((cell) => quote(written(cell, hasDecimalComma))))];
  return Buffer.from(`\uFEFF${lines.map((cells) => `${cells.join(separator)}\r\n`).join('')}`);
}

function written({ kind, value }: TableCell, hasDecimalComma: boolean): string {
  if (kind === 'amount') return hasDecimalComma ? value.replace('.', ',') : value;
  return kind === 'text' ? neutral(value) : value;
}

/** A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP: CSV injection). */
function neutral(value: string): string {
  return /^[\s\p{Cf}]*[=+\-@\t\r＝＋－＠]/u.test(value) ? `'${value}` : value;
}

function quote(value: string): string {
  return /[",;\r\n\t]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
