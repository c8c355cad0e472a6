import type { LineItem, LineItems } from '../../domain/document.ts';
import { formatAmount } from './amount.ts';
import type { LabelledRow } from './labels.ts';
import { boxOf } from './layout.ts';
import type { MoneyMention } from './money.ts';
import { type Quantity, quantityIn } from './quantity.ts';

/** A row's own amount, what stands before it, and what the row says about how many. */
interface PricedRow {
  readonly mention: MoneyMention;
  readonly description: string;
  readonly quantity: Quantity | null;
}

export interface ItemsContext {
  readonly decimals: 0 | 2;
  /** In hundredths; null where the document shows none. */
  readonly total: number | null;
  readonly subtotal: number | null;
}

/** More rows are no receipt. */
const maxItems = 150;
/** Of the total: before discounts one thing may cost more than all together. */
const largestShare = 1.5;
/** Sums are compared to the cent, or to the unit where no cents are printed. */
const toleranceOf = { 0: 100, 2: 1 } as const;

/**
 * What was bought, a row each, from the amounts above the first total; null when there are none. `addsUp` says whether they make
 * the total or the subtotal.
 */
export function lineItems(
  rows: readonly LabelledRow[],
  mentions: readonly MoneyMention[],
  context: ItemsContext,
): LineItems | null {
  const priced = pricedRows(mentions, context).slice(0, maxItems);
  if (priced.length === 0) return null;
  const lines = priced.map((row) => itemOf(row, rows, context.decimals));
  const sum = priced.reduce((total, { mention }) => total + mention.token.minor, 0);
  const sums = wanted(context);
  const isNear = (minor: number) => Math.abs(minor - sum) <= toleranceOf[context.decimals];
  return { lines, addsUp: sums.length === 0 ? null : sums.some(isNear) };
}

function wanted({ total, subtotal }: ItemsContext): number[] {
  return [total, subtotal].filter((minor) => minor !== null);
}

function pricedRows(mentions: readonly MoneyMention[], context: ItemsContext): PricedRow[] {
  const { decimals } = context;
  const form = decimals === 2 ? 'decimal' : 'thousands';
  const own = mentions.filter(({ token }) => token.form === form || (decimals === 0 && token.hasSymbol));
  const end = own.find(({ role }) => role === 'total' || role === 'subtotal')?.row.index ?? 0;
  const most = (wanted(context).length > 0 ? Math.max(...wanted(context)) : Infinity) * largestShare;
  const isOwn = ({ role, token, row }: MoneyMention) =>
    (role === null || (role === 'other' && token.minor < 0)) &&
    Math.abs(token.minor) <= most &&
    !row.labels.id.some((hit) => hit.role === 'taxId' || hit.role === 'customer');
  return own
    .filter((mention) => mention.row.index < end && mention.isRightmost && isOwn(mention))
    .map((mention) => pricedRow(mention, own));
}

function pricedRow(mention: MoneyMention, own: readonly MoneyMention[]): PricedRow {
  const { row, token } = mention;
  const before = own.filter((other) => other.row === row && other.token.start < token.start);
  const quantity = quantityIn(
    row.text,
    token,
    before.map((other) => other.token),
  );
  const ends = [token.start, ...before.map((other) => other.token.start), quantity?.start ?? Infinity];
  const text = row.text.slice(quantity?.start === 0 ? quantity.end : 0, Math.min(...ends.filter((end) => end > 0)));
  return { mention, description: tidied(text), quantity };
}

/** Without codes before the words and signs around them. */
function tidied(text: string): string {
  return text
    .replace(/^[\s\d*#.,-]{5,}(?=\p{L})/u, '')
    .replace(/[\s$€*:x@=-]+$/iu, '')
    .replace(/^[\s*#.:-]+/, '')
    .replace(/\s+/g, ' ');
}

function itemOf(
  { mention, description, quantity }: PricedRow,
  rows: readonly LabelledRow[],
  decimals: 0 | 2,
): LineItem {
  const { row, token } = mention;
  const above = rows[row.index - 1];
  const isNamedAbove =
    (lettersIn(description) < 3 || isCode.test(description)) && above !== undefined && isOnlyWords(above);
  return {
    description: isNamedAbove ? tidied(above.text) : description,
    quantity: quantity?.count ?? null,
    unitPrice: quantity?.unitMinor == null ? null : formatAmount(quantity.unitMinor, decimals),
    amount: formatAmount(token.minor, decimals),
    box: boxOf(row, token.start, token.end),
  };
}

/** An article's number instead of its name. */
const isCode = /^C[O0]DI?G/i;

/** `2 x 15.00   30.00` below the name of what was bought. */
function isOnlyWords(row: LabelledRow): boolean {
  return lettersIn(row.text) >= 3 && !/\d[.,]\d\d(?!\d)/.test(row.text) && row.labels.money.length === 0;
}

function lettersIn(text: string): number {
  return text.replace(/[^\p{L}]/gu, '').length;
}
