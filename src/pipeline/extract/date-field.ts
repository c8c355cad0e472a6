import type { FieldValue } from '../../domain/document.ts';
import { asRead, fieldAt, probability } from './choice.ts';
import { type DateOrder, type DateToken, digitsRepaired, findDates } from './date.ts';
import type { LabelHit, LabelledRow } from './labels.ts';
import { findTimes, type TimeToken } from './time.ts';

interface DateMention {
  readonly row: LabelledRow;
  readonly token: DateToken;
  readonly time: TimeToken | null;
  readonly score: number;
}

export interface DateOptions {
  /** YYYY-MM-DD; later days (but one, for time zones) cannot be. */
  readonly today: string;
  readonly order: DateOrder;
}

/** Date and time of the purchase: the value with most evidence over all its mentions. */
export function chooseDate(
  rows: readonly LabelledRow[],
  options: DateOptions,
): { date: FieldValue | null; time: FieldValue | null } {
  const settled = settleOrder(rows, options);
  const mentions = rows.flatMap((row, index) => mentionsIn(row, rows[index - 1], { ...options, order: settled.order }));
  const byValue = Map.groupBy(mentions, (mention) => mention.token.value);
  const ranked = [...byValue]
    .map(([value, same]) => ({ value, same, score: scoreOf(same) }))
    .sort((a, b) => rankOf(b, options) - rankOf(a, options) || a.value.localeCompare(b.value));
  const [first, second] = ranked;
  if (!first) return { date: null, time: loneTime(rows) };
  const [best] = [...first.same].sort((a, b) => b.score - a.score);
  if (!best) return { date: null, time: null };
  const margin = first.score - (second?.score ?? 0);
  const doubt = best.token.swapped !== null && !settled.isSure ? 0.6 : 0;
  const isContested = ranked.slice(1).some((other) => differsInOneDigit(first.value, other.value));
  const likely = probability(0.2 + 0.75 * first.score + 0.5 * Math.min(2, margin) - doubt) * (isContested ? 0.9 : 1);
  const source = best.row.labels.date.some((hit) => hit.role === 'date') ? 'ocr/label' : 'ocr/format';
  const { start, end } = best.token;
  const confidence = first.same.length > 1 ? likely : asRead(best.row, start, end, likely);
  const date = fieldAt(best.row, start, Math.min(end, best.row.text.length), {
    value: first.value,
    confidence,
    source,
  });
  return { date, time: timeField(first.same, confidence) ?? loneTime(rows) };
}

/** Two dates of one document that are nearly the same: one of them was misread. */
function differsInOneDigit(a: string, b: string): boolean {
  return [...a].filter((sign, place) => sign !== b[place]).length === 1;
}

function scoreOf(mentions: readonly DateMention[]): number {
  const best = Math.max(...mentions.map((mention) => mention.score));
  return best + 0.5 * Math.min(2, mentions.length - 1);
}

/** A date that can only be read one way tells how the merchant writes the others. */
function settleOrder(rows: readonly LabelledRow[], options: DateOptions): { order: DateOrder; isSure: boolean } {
  const tokens = rows
    .flatMap((row) => findDates(row.text, options.order))
    .filter((token) => isPast(token.value, options));
  const sure = new Set(tokens.filter((token) => token.swapped === null).map((token) => token.value));
  const isSwapped = tokens.some((token) => token.swapped !== null && sure.has(token.swapped) && !sure.has(token.value));
  const isKept = tokens.some((token) => token.swapped !== null && sure.has(token.value));
  if (isSwapped && !isKept) return { order: options.order === 'dmy' ? 'mdy' : 'dmy', isSure: true };
  return { order: options.order, isSure: isKept };
}

function mentionsIn(row: LabelledRow, above: LabelledRow | undefined, options: DateOptions): DateMention[] {
  return findDates(row.text, options.order).flatMap((found) => {
    const token = plausible(found, options);
    if (!token) return [];
    const time = timeNear(row.text, token);
    return [{ row, token, time, score: mentionScore(row, above, token, time) }];
  });
}

/** A date in the future is read the other way round if that helps, else it is none. */
function plausible(token: DateToken, options: DateOptions): DateToken | null {
  if (isPast(token.value, options)) return token;
  if (token.swapped !== null && isPast(token.swapped, options))
    return { ...token, value: token.swapped, swapped: null };
  return null;
}

/** Receipts are sent within two years; of two readings of one date the recent one is likelier. Alone an old date is as good. */
const recentPoints = 0.4;
const recentMs = 2 * 365 * 86_400_000;

function rankOf({ value, score }: { value: string; score: number }, { today }: DateOptions): number {
  return score + (Date.parse(today) - Date.parse(value) <= recentMs ? recentPoints : 0);
}

function isPast(value: string, { today }: DateOptions): boolean {
  const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return value >= '2000-01-01' && value <= tomorrow;
}

function mentionScore(
  row: LabelledRow,
  above: LabelledRow | undefined,
  token: DateToken,
  time: TimeToken | null,
): number {
  const label = row.labels.date.findLast((hit) => hit.end <= token.start + 1 && hit.role !== 'time');
  const headLabel = label ?? headingAbove(above);
  const byLabel = headLabel?.role === 'date' ? 2 : headLabel?.role === 'dateOther' ? -2.5 : 0;
  const byForm = { iso: 0.6, numeric: token.hasCentury ? 0.6 : 0, named: 0.8, glued: -1 }[token.form];
  return 1 + byLabel + byForm + (time ? 1.2 : 0) + (token.swapped === null ? 0.2 : 0);
}

/** A label that stands alone above its value, as in a table's head. */
function headingAbove(above: LabelledRow | undefined): LabelHit | undefined {
  return above && !/\d/.test(above.text) ? above.labels.date.find((hit) => hit.role !== 'time') : undefined;
}

function timeNear(text: string, date: DateToken): TimeToken | null {
  const rest = digitsRepaired(text.slice(0, date.start) + ' '.repeat(date.end - date.start) + text.slice(date.end));
  return findTimes(rest).find((time) => time.start >= date.start) ?? findTimes(rest)[0] ?? null;
}

function timeField(mentions: readonly DateMention[], dateConfidence: number): FieldValue | null {
  const withTime = mentions.filter((mention) => mention.time !== null).sort((a, b) => b.score - a.score);
  const [best] = withTime;
  if (!best?.time) return null;
  const { value, start, end } = best.time;
  const isRepeated = withTime.some((mention) => mention !== best && mention.time?.value === value);
  const confidence = Math.min(0.97, dateConfidence * (isRepeated ? 0.98 : 0.94));
  return fieldAt(best.row, start, end, { value, confidence, source: 'ocr/format' });
}

/** A time without a date in its row: with its label, else the only one of the document. */
function loneTime(rows: readonly LabelledRow[]): FieldValue | null {
  const found = rows.flatMap((row) => findTimes(row.text).map((time) => ({ row, time })));
  const labelled = found.find(({ row }) => row.labels.date.some((hit) => hit.role === 'time'));
  const chosen = labelled ?? (found.length === 1 ? found[0] : undefined);
  if (!chosen) return null;
  const { row, time } = chosen;
  return fieldAt(row, time.start, time.end, {
    value: time.value,
    confidence: labelled ? 0.85 : 0.7,
    source: 'ocr/format',
  });
}
