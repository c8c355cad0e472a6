/** Characters of a skeleton, and `_` for the end of a word or name. */
const alphabet = '_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789&';
const size = alphabet.length;
const places = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, alphabet.indexOf(String.fromCharCode(code))));

/** Pairs of skeleton characters, and all n-grams (pairs, then triples), as numbers from 0. */
export const bigramCount = size ** 2;
export const gramCount = size ** 2 + size ** 3;

function place(text: string, at: number): number {
  return places[text.charCodeAt(at)] ?? 0;
}

/** Each pair of neighbours in a skeleton, in order. */
export function bigramsOf(bones: string): number[] {
  const grams: number[] = [];
  for (let at = 1; at < bones.length; at += 1) grams.push(place(bones, at - 1) * size + place(bones, at));
  return grams;
}

/** The pairs and triples of a skeleton, its two ends included; those that occur twice stand there twice. */
export function gramsOf(bones: string): number[] {
  const grams: number[] = [];
  let [first, second] = [0, place(bones, 0)];
  grams.push(first * size + second);
  for (let at = 1; at <= bones.length; at += 1) {
    const third = at < bones.length ? place(bones, at) : 0;
    grams.push(second * size + third, bigramCount + (first * size + second) * size + third);
    [first, second] = [second, third];
  }
  return grams;
}
