import { bigramCount, bigramsOf } from './grams.ts';
import type { MerchantName } from './merchants.ts';

/**
 * Names that a row may hold. Loses none: each half edit of a name's budget takes away at most two of its pairs of letters, so a
 * row with fewer of them cannot hold it (the q-gram lemma of Jokinen and Ukkonen, 1991). What is left is compared letter by letter.
 */
export function createNameSieve(names: readonly MerchantName[]): (bones: string) => MerchantName[] {
  const bigrams = names.map(({ pattern }) => [...new Set(bigramsOf(pattern.text))]);
  const needed = Int16Array.from(names, ({ pattern }, index) => (bigrams[index]?.length ?? 0) - 2 * pattern.budget);
  const holders: number[][] = Array.from({ length: bigramCount }, () => []);
  for (const [name, own] of bigrams.entries()) for (const bigram of own) holders[bigram]?.push(name);
  const always = names.filter((_, index) => (needed[index] ?? 0) <= 0);
  /** The row in which a pair was last seen: each counts once. */
  const seen = new Uint32Array(bigramCount);
  let rows = 0;

  return (bones) => {
    rows = (rows + 1) >>> 0;
    const shared = new Int16Array(names.length);
    const found = [...always];
    for (const bigram of bigramsOf(bones)) {
      if (seen[bigram] === rows) continue;
      seen[bigram] = rows;
      for (const index of holders[bigram] ?? []) {
        const count = (shared[index] ?? 0) + 1;
        shared[index] = count;
        const name = count === needed[index] ? names[index] : undefined;
        if (name) found.push(name);
      }
    }
    return found;
  };
}
