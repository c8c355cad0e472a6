import { findPattern, type Pattern } from '../classify/pattern.ts';
import { type Skeleton, skeleton } from '../classify/skeleton.ts';
import type { Layout } from './layout.ts';
import type { CountryRule, ExtractionRules } from './rules.ts';

export interface CountryGuess {
  readonly rule: CountryRule;
  /** Probability that the document is of this country. */
  readonly confidence: number;
}

/** What else is known: country of the recognised merchant, country of a tax id with a right check digit. */
export interface CountryHints {
  readonly merchant: string | null;
  readonly taxId: string | null;
}

/** The country decides currency, decimals and the order of day and month. Null when nothing speaks for one. */
export function guessCountry(layout: Layout, rules: ExtractionRules, hints: CountryHints): CountryGuess | null {
  const rows = layout.rows.map((row) => ({ text: row.text.toUpperCase(), bones: skeleton(row.text) }));
  const scored = rules.countries
    .map((rule) => ({ rule, score: signalScore(rows, rule) + hintScore(rule, hints) }))
    .sort((a, b) => b.score - a.score);
  const [first, second] = scored;
  if (!first || first.score <= 0) return null;
  const lead = first.score - (second?.score ?? 0);
  return { rule: first.rule, confidence: Math.min(0.99, 1 - 0.5 * Math.exp(-lead / 2)) };
}

/** The country that the words of a document speak for, where they clearly do. */
export function sureCountry(layout: Layout, rules: ExtractionRules): string | null {
  const guess = guessCountry(layout, rules, { merchant: null, taxId: null });
  return guess && guess.confidence > 0.8 ? guess.rule.country : null;
}

function hintScore(rule: CountryRule, hints: CountryHints): number {
  return (hints.merchant === rule.country ? 5 : 0) + (hints.taxId === rule.country ? 4 : 0);
}

interface SignalRow {
  readonly text: string;
  readonly bones: Skeleton;
}

function signalScore(rows: readonly SignalRow[], rule: ExtractionRules['countries'][number]): number {
  return rule.patterns.filter((pattern, index) =>
    rows.some((row) => holdsSignal(row, pattern, rule.signals[index] ?? '')),
  ).length;
}

/** Long signals anywhere, short ones (RM, BS, FEL) only as a whole word. */
function holdsSignal(row: SignalRow, pattern: Pattern, signal: string): boolean {
  if (pattern.text.length >= 6) return findPattern(row.bones, pattern) !== null;
  let at = row.text.indexOf(signal);
  while (at >= 0) {
    const isWord = !/\p{L}/u.test(row.text[at - 1] ?? '') && !/\p{L}/u.test(row.text[at + signal.length] ?? '');
    if (isWord) return true;
    at = row.text.indexOf(signal, at + 1);
  }
  return false;
}
