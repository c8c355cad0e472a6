import type { FieldValue } from '../../domain/document.ts';
import { formatAmount } from './amount.ts';
import { isTaxOf } from './arithmetic.ts';
import { asRead, fieldAt, probability } from './choice.ts';
import type { MoneyMention } from './money.ts';
import { rankTotals, type TotalCandidate, type TotalContext } from './total.ts';

export interface MoneyFields {
  readonly total: FieldValue | null;
  readonly subtotal: FieldValue | null;
  readonly tax: FieldValue | null;
}

/** Total, subtotal and tax chosen together: the latter two must fit the total. */
export function chooseMoney(mentions: readonly MoneyMention[], context: TotalContext): MoneyFields {
  const { decimals } = context;
  const [first, second] = rankTotals(mentions, context);
  if (!first || first.score <= 0.3) return { total: null, subtotal: null, tax: null };
  const total = totalField(first, second, decimals);
  const subtotal = best(
    mentions.filter((mention) => mention.role === 'subtotal' && fitsUnder(mention, first.minor)),
    first.minor,
  );
  const tax = best(
    mentions.filter((mention) => isTaxMention(mention, mentions, first.minor)),
    first.minor,
  );
  return {
    total,
    subtotal: subtotal ? partField(subtotal, subtotalScore(subtotal, tax, first.minor), decimals) : null,
    tax: tax ? partField(tax, taxScore(tax, subtotal, first.minor), decimals) : null,
  };
}

function totalField(first: TotalCandidate, second: TotalCandidate | undefined, decimals: 0 | 2): FieldValue {
  const margin = Math.min(4, first.score - Math.max(0, second?.score ?? 0));
  const { row, token } = first.mention;
  const likely = probability(-1.6 + 0.55 * first.score + 0.6 * margin);
  const isSum = first.reasons.some((reason) => ['change', 'tax', 'items', 'words'].includes(reason));
  const source = first.reasons.includes('label') ? (isSum ? 'ocr/label+arithmetic' : 'ocr/label') : 'ocr/arithmetic';
  const confidence = first.reasons.length > 1 ? likely : asRead(row, token.start, token.end, likely);
  return fieldAt(row, token.start, token.end, { value: formatAmount(first.minor, decimals), confidence, source });
}

function best(mentions: readonly MoneyMention[], total: number): MoneyMention | undefined {
  const worth = (mention: MoneyMention) => mention.trust + (isTaxOf(mention.token.minor, total) ? 1 : 0);
  return [...mentions].sort((a, b) => worth(b) - worth(a) || b.token.minor - a.token.minor)[0];
}

function fitsUnder({ token }: MoneyMention, total: number): boolean {
  return token.minor > 0 && token.minor <= total * 1.3 && token.form !== 'integer';
}

/** Labelled as tax and less than a third of the total (0.00 is one too), or unlabelled but net and tax make the total. */
function isTaxMention({ token, role }: MoneyMention, mentions: readonly MoneyMention[], total: number): boolean {
  if (token.form === 'integer') return false;
  if (role === 'tax') return token.minor >= 0 && token.minor * 3 < total;
  return (
    role === null && isTaxOf(token.minor, total) && mentions.some((other) => other.token.minor === total - token.minor)
  );
}

function subtotalScore(subtotal: MoneyMention, tax: MoneyMention | undefined, total: number): number {
  const minor = subtotal.token.minor;
  const adds = minor === total || (tax !== undefined && Math.abs(minor + tax.token.minor - total) <= 2);
  return (adds ? 2.2 : 0.2) * subtotal.trust;
}

function taxScore(tax: MoneyMention, subtotal: MoneyMention | undefined, total: number): number {
  const adds = subtotal !== undefined && Math.abs(subtotal.token.minor + tax.token.minor - total) <= 2;
  return (adds || isTaxOf(tax.token.minor, total) ? 2.2 : 0) * tax.trust - (tax.companions > 1 ? 0.5 : 0);
}

function partField({ row, token }: MoneyMention, score: number, decimals: 0 | 2): FieldValue {
  const value = formatAmount(token.minor, decimals);
  return fieldAt(row, token.start, token.end, {
    value,
    confidence: Math.min(0.95, probability(score)),
    source: 'ocr/label',
  });
}
