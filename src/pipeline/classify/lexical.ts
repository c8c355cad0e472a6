import { gramCount, gramsOf } from './grams.ts';

export interface LexicalHit {
  /** Place of the text in the list that the index was made of. */
  readonly index: number;
  /** Between its vector and the query's, 0 to 1. */
  readonly cosine: number;
}

export interface LexicalIndex {
  /** The texts whose vectors lie at least `least` near the query's, in no order. */
  search(bones: string, least: number): LexicalHit[];
  /** How much a text weighs: long texts of rare letters weigh more, and are met by chance less often. */
  weightOf(index: number): number;
}

/**
 * A lexical embedding of our own: a text is the vector of its character pairs and triples (of the skeleton, so that what OCR confuses is
 * one), each weighted by its rarity (idf) among `texts` and `background`. A misread letter costs five of a word's n-grams and leaves
 * the others, where a comparison by words would lose the word. Vectors lie in an inverted index; a search takes microseconds.
 */
export function createLexicalIndex(texts: readonly string[], background: readonly string[] = []): LexicalIndex {
  const vectors = texts.map((text) => [...new Set(gramsOf(text))]);
  const rarity = raritiesOf([...vectors, ...background.map((text) => [...new Set(gramsOf(text))])]);
  const holders = holdersOf(vectors);
  const weights = Float64Array.from(vectors, (grams) => grams.reduce((sum, gram) => sum + (rarity[gram] ?? 0), 0));
  /** The search in which an n-gram was last seen: each counts once. */
  const seen = new Uint32Array(gramCount);
  let searches = 0;

  function search(bones: string, least: number): LexicalHit[] {
    searches = (searches + 1) >>> 0;
    let own = 0;
    const shared = new Float64Array(texts.length);
    const touched: number[] = [];
    for (const gram of gramsOf(bones)) {
      if (seen[gram] === searches) continue;
      seen[gram] = searches;
      const weight = rarity[gram] ?? 0;
      own += weight;
      const end = holders.starts[gram + 1] ?? 0;
      for (let at = holders.starts[gram] ?? 0; at < end; at += 1) {
        const index = holders.texts[at] ?? 0;
        if (shared[index] === 0) touched.push(index);
        shared[index] = (shared[index] ?? 0) + weight;
      }
    }
    const hits: LexicalHit[] = [];
    for (const index of touched) {
      const cosine = (shared[index] ?? 0) / Math.sqrt((weights[index] ?? 1) * own);
      if (cosine >= least) hits.push({ index, cosine });
    }
    return hits;
  }

  return { search, weightOf: (index) => weights[index] ?? 0 };
}

/** idf² of each n-gram, since a product of two vectors has it twice; one that no text has is the rarest. */
function raritiesOf(vectors: readonly (readonly number[])[]): Float32Array {
  const counts = new Uint32Array(gramCount);
  for (const grams of vectors) for (const gram of grams) counts[gram] = (counts[gram] ?? 0) + 1;
  return Float32Array.from(counts, (count) => Math.log(1 + vectors.length / Math.max(1, count)) ** 2);
}

/** The texts that hold each n-gram, one after another: those of gram g from `starts[g]` to `starts[g + 1]`. */
function holdersOf(vectors: readonly (readonly number[])[]): { starts: Uint32Array; texts: Uint16Array } {
  const byGram = Map.groupBy(
    vectors.flatMap((grams, index) => grams.map((gram) => ({ gram, index }))),
    ({ gram }) => gram,
  );
  const starts = new Uint32Array(gramCount + 1);
  const texts: number[] = [];
  for (let gram = 0; gram < gramCount; gram += 1) {
    for (const { index } of byGram.get(gram) ?? []) texts.push(index);
    starts[gram + 1] = texts.length;
  }
  return { starts, texts: Uint16Array.from(texts) };
}
