import type { FieldValue } from '../../domain/document.ts';
import { formatAmount } from './amount.ts';
import { fieldAt, probability } from './choice.ts';
import type { MoneyMention } from './money.ts';
import { rankTotals, type TotalCandidate } from './total.ts';

export interface MoneyFields {
  readonly total: FieldValue | null;
  readonly subtotal: FieldValue | null;
  readonly tax: FieldValue | null;
}

/** Total, subtotal and tax chosen together: the latter two must fit the total. */
export function chooseMoney(mentions: readonly MoneyMention[], inWords: number | null, decimals: 0 | 2): MoneyFields {
  const [first, second] = rankTotals(mentions, inWords, decimals);
  if (!first || first.score <= 0.3) return { total: null, subtotal: null, tax: null };
  const total = totalField(first, second, decimals);
  const subtotal = best(mentions.filter((mention) => mention.role === 'subtotal' && fitsUnder(mention, first.minor)));
  const tax = best(mentions.filter((mention) => mention.role === 'tax' && isTaxOf(mention, first.minor)));
  return {
    total,
    subtotal: subtotal ? partField(subtotal, subtotalScore(subtotal, tax, first.minor), decimals) : null,
    tax: tax ? partField(tax, taxScore(tax, subtotal, first.minor), decimals) : null,
  };
}

function totalField(first: TotalCandidate, second: TotalCandidate | undefined, decimals: 0 | 2): FieldValue {
  const margin = Math.min(4, first.score - Math.max(0, second?.score ?? 0));
  const confidence = probability(-1.6 + 0.55 * first.score + 0.6 * margin);
  const { row, token } = first.mention;
  const isSum = first.reasons.some((reason) => ['change', 'tax', 'items', 'words'].includes(reason));
  const source = first.reasons.includes('label') ? (isSum ? 'ocr/label+arithmetic' : 'ocr/label') : 'ocr/arithmetic';
  return fieldAt(row, token.start, token.end, { value: formatAmount(first.minor, decimals), confidence, source });
}

function best(mentions: readonly MoneyMention[]): MoneyMention | undefined {
  return [...mentions].sort((a, b) => b.trust - a.trust || b.token.minor - a.token.minor)[0];
}

function fitsUnder({ token }: MoneyMention, total: number): boolean {
  return token.minor > 0 && token.minor <= total * 1.3 && token.form !== 'integer';
}

/** A tax is less than a third of the total; 0.00 is one too. */
function isTaxOf({ token }: MoneyMention, total: number): boolean {
  return token.minor >= 0 && token.minor * 3 < total && token.form !== 'integer';
}

function subtotalScore(subtotal: MoneyMention, tax: MoneyMention | undefined, total: number): number {
  const minor = subtotal.token.minor;
  const adds = minor === total || (tax !== undefined && Math.abs(minor + tax.token.minor - total) <= 2);
  return (adds ? 2.2 : 0.2) * subtotal.trust;
}

function taxScore(tax: MoneyMention, subtotal: MoneyMention | undefined, total: number): number {
  const adds = subtotal !== undefined && Math.abs(subtotal.token.minor + tax.token.minor - total) <= 2;
  return (adds || isUsualRate(tax.token.minor, total) ? 2.2 : 0) * tax.trust - (tax.companions > 1 ? 0.5 : 0);
}

/** Rates of the countries served, in per cent of the net amount. */
const rates = [4, 5, 6, 7, 8, 10, 12, 13, 14, 15, 16, 18, 19, 21];

function isUsualRate(tax: number, total: number): boolean {
  return rates.some((rate) => Math.abs(Math.round((total * rate) / (100 + rate)) - tax) <= 2);
}

function partField({ row, token }: MoneyMention, score: number, decimals: 0 | 2): FieldValue {
  const value = formatAmount(token.minor, decimals);
  return fieldAt(row, token.start, token.end, {
    value,
    confidence: Math.min(0.95, probability(score)),
    source: 'ocr/label',
  });
}
