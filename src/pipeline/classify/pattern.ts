import { areClose, editBudget, type Found, findFuzzy, type Skeleton, skeleton } from './skeleton.ts';

/** A text to look for many times: prepared for a bit-parallel sieve that rules out nearly every row at one step a character. */
export interface Pattern {
  readonly text: string;
  /** Half edits allowed. */
  readonly budget: number;
  /** For each character code mod 32: the places of the pattern where it, or a character close to it, stands. */
  readonly places: Int32Array;
  readonly accepting: number;
}

/** Places that fit a machine integer; of a longer pattern the sieve sees the beginning. */
const maxPlaces = 30;

export function compilePattern(text: string, budget?: number): Pattern {
  const bones = skeleton(text).text;
  const length = Math.min(maxPlaces, bones.length);
  const places = new Int32Array(32);
  for (let place = 0; place < length; place += 1) {
    const sign = bones[place] ?? '';
    for (const other of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789&') {
      if (other === sign || areClose(other, sign)) places[slot(other.charCodeAt(0))] = at(places, other) | (1 << place);
    }
  }
  return {
    text: bones,
    budget: budget ?? editBudget(bones.length),
    places,
    accepting: length > 0 ? 1 << (length - 1) : 0,
  };
}

function slot(code: number): number {
  return code & 31;
}

function at(places: Int32Array, sign: string): number {
  return places[slot(sign.charCodeAt(0))] ?? 0;
}

/** The best place of the pattern in the text from `from` on, or null. */
export function findPattern(bones: Skeleton, pattern: Pattern, from = 0): Found | null {
  if (pattern.text === '') return null;
  if (pattern.budget > 0 && !mayHold(bones, pattern, from)) return null;
  return findFuzzy(bones.text, pattern.text, pattern.budget, from);
}

/**
 * Wu and Manber's shift-and with errors, close characters free: false means that no place is within the budget; true
 * that there may be one.
 */
function mayHold(bones: Skeleton, pattern: Pattern, from: number): boolean {
  const errors = pattern.budget >> 1;
  const { codes } = bones;
  const { places, accepting } = pattern;
  const states = [0, 1, 3, 7, 15];
  for (let index = from; index < codes.length; index += 1) {
    const here = places[codes[index] ?? 0] ?? 0;
    let before = states[0] ?? 0;
    let now = ((before << 1) | 1) & here;
    states[0] = now;
    for (let error = 1; error <= errors; error += 1) {
      const old = states[error] ?? 0;
      now = (((old << 1) | 1) & here) | before | (before << 1) | (now << 1) | 1;
      states[error] = now;
      before = old;
    }
    if ((now & accepting) !== 0) return true;
  }
  return false;
}
