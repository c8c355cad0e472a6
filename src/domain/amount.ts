/** Decimals that every sum is held in: more than any currency has. */
const scale = 4;

/**
 * Exact money as integers of a ten-thousandth of the currency's unit, so that no amount passes through a float.
 * Takes the stable form of a field (`1234.50`); null for anything else.
 */
export function toExact(value: string): bigint | null {
  const [, sign = '', whole = '', decimals = ''] = /^(-?)(\d{1,15})(?:\.(\d{1,4}))?$/.exec(value) ?? [];
  if (whole === '') return null;
  const exact = BigInt(whole + decimals.padEnd(scale, '0'));
  return sign ? -exact : exact;
}

/** The decimal text of an exact amount with at least two decimals: `12345000n` → `1234.50`. */
export function fromExact(exact: bigint): string {
  const sign = exact < 0n ? '-' : '';
  const digits = String(exact < 0n ? -exact : exact).padStart(scale + 1, '0');
  const decimals = digits.slice(-scale).replace(/0{1,2}$/, '');
  return `${sign}${digits.slice(0, -scale)}.${decimals}`;
}
