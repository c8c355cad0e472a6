import type { Layout } from '../extract/layout.ts';
import type { Evidence } from './evidence.ts';
import type { MerchantCatalog } from './merchants.ts';
import { skeleton } from './skeleton.ts';

/** What the probability of a lexical match rests on. */
export interface LexicalFeatures {
  /** Of the nearest window of words; see LexicalHit. */
  readonly cosine: number;
  /** How much nearer that is than any other merchant's, 0 to 1. */
  readonly lead: number;
  /** Of the name, as a logarithm. */
  readonly weight: number;
}

export interface LexicalMatch {
  /** Place of the name in the catalogue's list. */
  readonly index: number;
  readonly features: LexicalFeatures;
}

/** Rows at the top and at the bottom where a shop writes its name. */
const edgeRows = { top: 6, bottom: 3 };
/** Words of a window, and of a row that is looked at. */
const mostWords = { window: 4, row: 8 };
/** A name that is broken in two stands on short rows. */
const brokenRowLength = 20;
/** Shorter names share half of their letters with too many words. */
const shortestName = 5;
/** Names that are further from all windows are not even candidates. */
const leastCosine = 0.4;
const mostMatches = 8;

/** Merchants whose names are alike to what the edges of a document say: finds names that are too damaged for a letter-by-letter search. */
export function matchLexically(layout: Layout, catalog: MerchantCatalog, sellsFuel: boolean): Evidence[] {
  return lexicalMatches(layout, catalog)
    .flatMap(({ index, features }) => {
      const merchant = catalog.names[index]?.merchant;
      if (!merchant || (merchant.kind === 'gas_station' && !sellsFuel)) return [];
      const { id, name, kind, country } = merchant;
      return [{ id, name, kind, country, taxId: null, method: 'lexical' as const, probability: likelihood(features) }];
    })
    .filter(({ probability }) => probability > 0.02);
}

/** The nearest name of each merchant, nearest merchants first. */
export function lexicalMatches(layout: Layout, { lexical, names }: MerchantCatalog): LexicalMatch[] {
  const best = new Map<string, { index: number; cosine: number }>();
  for (const bones of windowsOf(layout)) {
    for (const { index, cosine } of lexical.search(bones, leastCosine)) {
      const name = names[index];
      if (!name || name.pattern.text.length < shortestName) continue;
      const { id } = name.merchant;
      if (cosine > (best.get(id)?.cosine ?? 0)) best.set(id, { index, cosine });
    }
  }
  const hits = [...best.values()].sort((a, b) => b.cosine - a.cosine).slice(0, mostMatches);
  return hits.map(({ index, cosine }, place) => {
    const lead = cosine - (hits[place === 0 ? 1 : 0]?.cosine ?? leastCosine);
    return { index, features: { cosine, lead, weight: Math.log(lexical.weightOf(index)) } };
  });
}

/** Runs of one to four words, and two short rows as one. */
function windowsOf({ rows }: Layout): Set<string> {
  const edges = rows.filter((_, index) => index < edgeRows.top || index >= rows.length - edgeRows.bottom);
  const words = edges.map(({ text }) => wordsOf(text));
  const runs = words.flatMap((row) => row.flatMap((_, first) => runsFrom(row.slice(first, first + mostWords.window))));
  const whole = words.map((row) => row.join(''));
  const pairs = whole.slice(1, edgeRows.top).flatMap((below, index) => {
    const above = whole[index] ?? '';
    return above.length <= brokenRowLength && below.length <= brokenRowLength ? [above + below] : [];
  });
  return new Set([...runs, ...pairs].filter((bones) => bones.length >= shortestName - 1));
}

function wordsOf(text: string): string[] {
  return text
    .split(/[\s,;:()]+/)
    .filter((word) => /\p{L}/u.test(word))
    .slice(0, mostWords.row)
    .map((word) => skeleton(word).text);
}

function runsFrom(words: readonly string[]): string[] {
  return words.map((_, last) => words.slice(0, last + 1).join(''));
}

/** Logistic regression on damaged names in made-up headers; `node bench/classify-fit.ts` prints these. */
const weights = { bias: -13.15, cosine: 7.63, lead: 5.41, weight: 1.04 };
/** Names alike to a chain's exist that no sample holds. */
const surest = 0.93;

function likelihood({ cosine, lead, weight }: LexicalFeatures): number {
  const sum = weights.cosine * cosine + weights.lead * lead + weights.weight * weight;
  return Math.min(surest, 1 / (1 + Math.exp(-weights.bias - sum)));
}
