/**
 * Text made comparable across OCR noise: accents gone, upper case, and the characters that engines confuse on thermal paper
 * (0 O Q D, 1 I L ! |, 5 S, 8 B, 2 Z, 6 G, U V) folded to one of each class.
 */
const foldedCharacters: Readonly<Record<string, string>> = {
  '0': 'O',
  Q: 'O',
  D: 'O',
  '1': 'I',
  L: 'I',
  '!': 'I',
  '|': 'I',
  '5': 'S',
  '8': 'B',
  '2': 'Z',
  '6': 'G',
  V: 'U',
};

/** Pairs outside the classes above that dot-matrix print still mixes up; swapping them costs half an edit. */
const closePairs: ReadonlySet<string> = new Set(
  ['TI', 'HM', 'HN', 'MN', 'EF', 'CG', 'CO', 'RK', 'PF', 'YU', 'EC', 'AR', 'HU', 'WU', 'NU', 'GO'].flatMap((pair) => [
    pair,
    `${pair[1]}${pair[0]}`,
  ]),
);

/** Only letters, digits and what is read for them; `offsets[i]` is the place of character i in the original text. */
export interface Skeleton {
  readonly text: string;
  readonly offsets: readonly number[];
  /** Character codes of `text` modulo 32, for the sieve of pattern.ts. */
  readonly codes: Uint8Array;
}

const accents = /\p{M}/gu;

export function plain(text: string): string {
  return text.normalize('NFD').replace(accents, '').toUpperCase();
}

export function skeleton(text: string): Skeleton {
  let folded = '';
  const offsets: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const bones = code < 128 ? (asciiBones[code] ?? '') : bonesOf(text[at] ?? '');
    for (let bone = 0; bone < bones.length; bone += 1) offsets.push(at);
    folded += bones;
  }
  return { text: folded, offsets, codes: Uint8Array.from(folded, (sign) => sign.charCodeAt(0) & 31) };
}

/** What one character leaves in a skeleton: nothing, or (a ligature) more than one. */
function bonesOf(character: string): string {
  return [...plain(character)]
    .filter((one) => /[A-Z0-9!|&]/.test(one))
    .map((one) => foldedCharacters[one] ?? one)
    .join('');
}

/** Nearly all that is read is ASCII, and skeletons are made of every row. */
const asciiBones = Array.from({ length: 128 }, (_, code) => bonesOf(String.fromCharCode(code)));

/** Half edits allowed when looking for a label of this length: none up to 3 letters, then one edit for every five. */
export function editBudget(length: number): number {
  if (length <= 3) return 0;
  return length === 4 ? 1 : 2 * Math.floor(length / 5);
}

/** Where a pattern was found in a skeleton: `start` inclusive, `end` exclusive, `cost` in half edits. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly cost: number;
}

export function areClose(a: string, b: string): boolean {
  return closePairs.has(a + b);
}

/** Half edits to swap two characters of a skeleton, by their codes (all below 128): 0, 1 for a close pair, else 2. */
const swapCosts = Uint8Array.from({ length: 128 * 128 }, (_, cell) => {
  const [a, b] = [String.fromCharCode(cell >> 7), String.fromCharCode(cell & 127)];
  return a === b ? 0 : areClose(a, b) ? 1 : 2;
});

function swapCost(a: number, b: number): number {
  return swapCosts[(a << 7) | b] ?? 2;
}

/** Best place of `pattern` in `text` within `budget` half edits (Sellers' algorithm), or null; the first of equals. */
export function findFuzzy(text: string, pattern: string, budget: number, from = 0): Found | null {
  const exact = text.indexOf(pattern, from);
  if (exact >= 0) return { start: exact, end: exact + pattern.length, cost: 0 };
  if (budget === 0 || text.length - from < pattern.length - budget / 2) return null;
  return findInexact(text, pattern, budget, from);
}

function findInexact(text: string, pattern: string, budget: number, from: number): Found | null {
  const rows = pattern.length;
  let costs = Int32Array.from({ length: rows + 1 }, (_, row) => row * 2);
  let starts = new Int32Array(rows + 1).fill(from);
  let nextCosts = new Int32Array(rows + 1);
  let nextStarts = new Int32Array(rows + 1);
  let best: Found | null = null;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    nextCosts[0] = 0;
    nextStarts[0] = at + 1;
    for (let row = 1; row <= rows; row += 1) {
      const swap = (costs[row - 1] ?? 0) + swapCost(code, pattern.charCodeAt(row - 1));
      const skip = (costs[row] ?? 0) + 2;
      const miss = (nextCosts[row - 1] ?? 0) + 2;
      const least = Math.min(swap, skip, miss);
      nextCosts[row] = least;
      nextStarts[row] = (least === swap ? starts[row - 1] : least === skip ? starts[row] : nextStarts[row - 1]) ?? at;
    }
    [costs, nextCosts] = [nextCosts, costs];
    [starts, nextStarts] = [nextStarts, starts];
    const cost = costs[rows] ?? Number.POSITIVE_INFINITY;
    if (cost <= budget && (best === null || cost < best.cost)) best = { start: starts[rows] ?? at, end: at + 1, cost };
  }
  return best;
}
