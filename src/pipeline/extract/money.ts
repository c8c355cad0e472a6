import { type AmountToken, findAmounts, findSpacedAmount } from './amount.ts';
import { findDates } from './date.ts';
import type { LabelHit, LabelledRow } from './labels.ts';
import type { LabelRole } from './rules.ts';

/** An amount with the label that speaks for it; `trust` falls with OCR noise in the label and with the distance to it. */
export interface MoneyMention {
  readonly row: LabelledRow;
  readonly token: AmountToken;
  readonly role: LabelRole | null;
  readonly weight: number;
  readonly trust: number;
  /** Amounts to the right of the label in the same row; a row of a tax table has several. */
  readonly companions: number;
  readonly isRightmost: boolean;
  /** The largest of the amounts to the right of the label. */
  readonly isLargest: boolean;
}

/** Every amount of the document with its label: in its row, at the same height, or in the row above. */
export function findMoney(rows: readonly LabelledRow[]): MoneyMention[] {
  const amounts = rows.map(amountsOf);
  const mentions = rows.flatMap((row, index) => ownMentions(row, amounts[index] ?? []));
  return [...mentions, ...rows.flatMap((_, index) => distantMentions(rows, amounts, index))];
}

/** Whether a label of the total stands somewhere without any value near it: then labels and values are in separate columns. */
export function hasLoneTotal(rows: readonly LabelledRow[], mentions: readonly MoneyMention[]): boolean {
  const hasLabel = rows.some((row) => row.labels.money.some((hit) => hit.role === 'total'));
  return hasLabel && !mentions.some((mention) => mention.role === 'total' && mention.token.form !== 'integer');
}

function amountsOf(row: LabelledRow): AmountToken[] {
  const found = withSpaced(row, findAmounts(row.text));
  if (found.length === 0) return found;
  const dates = findDates(row.text, 'dmy');
  return found.filter((token) => !dates.some((date) => token.start < date.end && date.start < token.end));
}

/** Amounts torn apart by blanks, which the pieces of the row tell: they replace their parts, or stand beside them. */
function withSpaced(row: LabelledRow, found: readonly AmountToken[]): AmountToken[] {
  return row.pieces.reduce<AmountToken[]>(
    (tokens, { line, start }) => {
      const spaced = findSpacedAmount(line.text);
      if (!spaced) return tokens;
      const joined = { ...spaced.token, start: spaced.token.start + start, end: spaced.token.end + start };
      const isPart = (token: AmountToken) => token.start >= joined.start && token.end <= joined.end;
      const others = spaced.isSure
        ? tokens.filter((token) => !isPart(token))
        : tokens.map((token) => (isPart(token) ? { ...token, repairs: Math.max(1, token.repairs) } : token));
      const isKnown = others.some((token) => token.minor === joined.minor && isPart(token));
      return isKnown ? others : [...others, joined].sort((a, b) => a.start - b.start || b.end - a.end);
    },
    [...found],
  );
}

function ownMentions(row: LabelledRow, amounts: readonly AmountToken[]): MoneyMention[] {
  return amounts.map((token, index) => {
    const hit = labelFor(row, token);
    const others = amounts.filter((other) => hit && other.start >= hit.end - 1 && other.form !== 'integer');
    const companions = others.length;
    const isLargest = others.every((other) => other.minor <= token.minor);
    const isRightmost = index === amounts.length - 1;
    return { row, token, companions, isRightmost, isLargest, ...claim(hit, 1) };
  });
}

/** The nearest label to the left; one in brackets (`Payment (Cash): 17.00`) only explains the one before it. */
function labelFor(row: LabelledRow, token: AmountToken): LabelHit | undefined {
  const before = row.labels.money.filter((label) => label.end <= token.start + 1);
  return before.findLast((label) => row.text[label.start - 1] !== '(') ?? before.at(-1);
}

function claim(hit: LabelHit | undefined, nearness: number): Pick<MoneyMention, 'role' | 'weight' | 'trust'> {
  if (!hit) return { role: null, weight: 0, trust: nearness };
  return { role: hit.role, weight: hit.weight, trust: nearness * (1 - hit.cost / (hit.length + 1)) };
}

/** The value of a label that has none in its row: at the same height in a neighbour row, or alone in the row below or above. */
function distantMentions(
  rows: readonly LabelledRow[],
  amounts: readonly (readonly AmountToken[])[],
  index: number,
): MoneyMention[] {
  const row = rows[index];
  const hit = row?.labels.money.findLast((label) => row.text[label.start - 1] !== '(');
  if (!row || !hit || (amounts[index] ?? []).some((token) => token.start >= hit.end - 1)) return [];
  for (const { offset, nearness, isBeside } of neighbours) {
    const other = rows[index + offset];
    const found = amounts[index + offset] ?? [];
    if (!other || other.page !== row.page || found.length === 0 || found.length > 3) continue;
    if (other.labels.money.length > 0 || !isMostlyNumbers(other)) continue;
    if (isBeside && !isAtSameHeight(row, other)) continue;
    const last = found.length - 1;
    return found.map((token, place) => ({
      row: other,
      token,
      companions: found.length,
      isRightmost: place === last,
      isLargest: found.every((other) => other.minor <= token.minor),
      ...claim(hit, nearness),
    }));
  }
  return [];
}

const neighbours = [
  { offset: 1, nearness: 0.95, isBeside: true },
  { offset: -1, nearness: 0.95, isBeside: true },
  { offset: 1, nearness: 0.85, isBeside: false },
  { offset: 2, nearness: 0.6, isBeside: false },
];

function isAtSameHeight(a: LabelledRow, b: LabelledRow): boolean {
  return Math.abs(a.middle - b.middle) < 0.8 * Math.max(a.height, b.height);
}

function isMostlyNumbers(row: LabelledRow): boolean {
  const letters = row.text.replace(/[^\p{L}]/gu, '').length;
  return letters <= 5;
}
