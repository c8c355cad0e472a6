import type { Layout } from '../extract/layout.ts';
import { gramsOf } from './grams.ts';
import { skeleton } from './skeleton.ts';

/** Rows at the top that say whose a document is: name, company, address. */
const headRows = 7;
const maxLength = 240;
/** Bits of a fingerprint's set of n-grams; about 300 are set. */
const bitCount = 4096;

/** What the head of a document says, as a skeleton without digits, which are its dates and numbers; '' when it says nothing. */
export function fingerprintOf({ rows }: Layout): string {
  const words = rows
    .map((row) => skeleton(row.text.replace(/\S*\d{2}\S*/g, ' ')).text)
    .filter((bones) => bones.length >= 4)
    .slice(0, headRows);
  return words.join('').slice(0, maxLength);
}

/** A set of n-grams as bits, so that thousands are compared in a fraction of a millisecond. */
export interface GramSet {
  readonly bits: Uint32Array;
  readonly size: number;
}

export function gramSetOf(fingerprint: string): GramSet {
  const bits = new Uint32Array(bitCount / 32);
  for (const gram of gramsOf(fingerprint)) {
    const place = Math.imul(gram, 0x9e3779b1) >>> 20;
    bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31));
  }
  return { bits, size: bits.reduce((sum, word) => sum + countBits(word), 0) };
}

/** Cosine of two sets, 0 to 1. */
export function similarity(a: GramSet, b: GramSet): number {
  let shared = 0;
  for (let word = 0; word < a.bits.length; word += 1) shared += countBits((a.bits[word] ?? 0) & (b.bits[word] ?? 0));
  return a.size === 0 || b.size === 0 ? 0 : shared / Math.sqrt(a.size * b.size);
}

function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
