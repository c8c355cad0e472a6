import { Decimal } from '../../domain/e-invoice.ts';

/** Decimals kept in a sum: CFDI states up to six, UBL rarely more. */
const scale = 6;

/** An exact amount in millionths; null for what is no amount. Further decimals are cut. */
export function toMicros(text: string | null): bigint | null {
  if (text === null || !Decimal.safeParse(text).success) return null;
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const micros = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  return text.startsWith('-') ? -micros : micros;
}

/** The amount as text with at least two decimals and no more than it needs: `1234.50`, `0.005`. */
export function fromMicros(micros: bigint): string {
  const digits = (micros < 0n ? -micros : micros).toString().padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0{1,4}$/, '');
  return `${micros < 0n ? '-' : ''}${digits.slice(0, -scale)}.${fraction}`;
}

/** What an attribute or element states as an amount, brought to digits and a point (`1.` → `1`, `+5` → `5`); null for anything else. */
export function decimalIn(text: string | null): string | null {
  const bare =
    text
      ?.trim()
      .replace(/^\+/, '')
      .replace(/\.$/, '')
      .replace(/^(-?)\./, '$10.') ?? '';
  return Decimal.safeParse(bare).success ? bare : null;
}

/** The sum of those that are amounts; null where none is. */
export function sumOf(amounts: readonly (string | null)[]): bigint | null {
  const known = amounts.map(toMicros).filter((micros) => micros !== null);
  return known.length === 0 ? null : known.reduce((sum, micros) => sum + micros, 0n);
}
