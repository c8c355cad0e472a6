import type { AmountToken } from './amount.ts';

/** How many, at which price each; `start` and `end` are where the row says so. */
export interface Quantity {
  readonly start: number;
  readonly end: number;
  /** `2`, `0.485` */
  readonly count: string;
  /** In hundredths; null where only the count is printed. */
  readonly unitMinor: number | null;
}

const number = /(?<![\d.,])\d{1,4}(?:[.,]\d{1,3})?(?![\d.,]*\d)/g;
/** A bare count begins its row and is followed by a word. */
const leadingCount = /^\s{0,2}(\d{1,3})(?:[.,]0{2,3})? ?(?:x|un|u|pz|pza|pzas|kg)?\b[ .]{1,3}(?=\p{L}{2})/iu;
const largestCount = 999;
/** Of a product of a count with three decimals and a price with two. */
const roundingMinor = 1.01;

/** The count and the price of one that a row prints beside its amount: believed when their product is the amount, or when a whole count begins the row. */
export function quantityIn(text: string, amount: AmountToken, others: readonly AmountToken[]): Quantity | null {
  for (const price of [...others].reverse()) {
    for (const match of text.slice(0, amount.start).matchAll(number)) {
      const count = countOf(match[0]);
      const isPrice = match.index < price.end && price.start < match.index + match[0].length;
      if (isPrice || count === null || count === 1) continue;
      if (Math.abs(count * price.minor - amount.minor) > roundingMinor) continue;
      const end = match.index + match[0].length;
      return { start: match.index, end, count: String(count), unitMinor: price.minor };
    }
  }
  const leading = leadingCount.exec(text);
  const count = leading ? Number(leading[1]) : 0;
  if (!leading || count < 1 || leading[0].length >= amount.start) return null;
  const isSame = others.some((price) => count === 1 && price.minor === amount.minor);
  return { start: 0, end: leading[0].length, count: String(count), unitMinor: isSame ? amount.minor : null };
}

function countOf(text: string): number | null {
  const count = Number(text.replace(',', '.'));
  return count > 0 && count <= largestCount ? count : null;
}
