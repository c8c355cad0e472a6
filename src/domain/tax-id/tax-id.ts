/** Kinds of tax id that receipts print, one rule each in this folder. */
export type TaxIdKind = 'rfc' | 'rut' | 'cuit' | 'nif' | 'ruc-pe' | 'ruc-ec' | 'nit-co' | 'nit-gt' | 'rif' | 'abn';

/**
 * What one country's tax id looks like and how its check digit is computed. A shape is a string with one sign a character:
 * `A` letter, `9` digit, `X` letter or digit, `C` check character (digit or letter).
 */
export interface TaxIdRule {
  readonly kind: TaxIdKind;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly shapes: readonly string[];
  /** Whether a compact id (upper case, no separators) of one of the shapes is well formed and its check digit is right. */
  isValid(compact: string): boolean;
  /** The stable form shown and stored. */
  format(compact: string): string;
}

/** Sum of digits times weights; `weights` are cycled from the last digit backwards. */
export function weightedSumFromRight(digits: string, weights: readonly number[]): number {
  return [...digits]
    .reverse()
    .reduce((sum, digit, place) => sum + Number(digit) * (weights[place % weights.length] ?? 0), 0);
}
