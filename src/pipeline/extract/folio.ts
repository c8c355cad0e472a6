import type { FieldValue } from '../../domain/document.ts';
import type { Merchant } from '../classify/merchants.ts';
import { findAmounts } from './amount.ts';
import { asRead, fieldAt, probability } from './choice.ts';
import { findDates } from './date.ts';
import type { LabelHit, LabelledRow } from './labels.ts';
import { findTimes } from './time.ts';

interface FolioCandidate {
  readonly row: LabelledRow;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly source: string;
}

/** Letters and digits with single joints; `(?=…\d)`: at least one digit. */
const code = /[A-Za-z0-9][A-Za-z0-9]{0,30}(?:[-/_][A-Za-z0-9]{1,24}){0,5}/g;

/** The number by which the merchant knows the ticket: as the merchant's own rule finds it, else beside its label. */
export function chooseFolio(
  rows: readonly LabelledRow[],
  merchant: Merchant | null,
  date: string | null,
): FieldValue | null {
  const candidates = [
    ...byMerchantRule(rows, merchant),
    ...rows.flatMap((row, index) => candidatesAt(rows, row, index)),
    ...loneNumbers(rows),
  ];
  const counts = Map.groupBy(candidates, (candidate) => candidate.value);
  const [best] = candidates
    .filter((candidate) => !isDate(candidate.value, date))
    .map((candidate) => ({ ...candidate, score: candidate.score + (counts.get(candidate.value)?.length ?? 1) * 0.4 }))
    .sort((a, b) => b.score - a.score);
  if (!best || best.score < 1) return null;
  const isRepeated = (counts.get(best.value)?.length ?? 1) > 1;
  const likely = Math.min(isRepeated ? 0.95 : 0.88, probability(best.score - 1.6));
  const confidence = isRepeated ? likely : asRead(best.row, best.start, best.end, likely);
  return fieldAt(best.row, best.start, best.end, { value: best.value, confidence, source: best.source });
}

/** The day of the purchase without separators (`040625`, `04062025`) is a number of the supplier's, not the ticket's. */
function isDate(value: string, date: string | null): boolean {
  const [year = '', month, day] = date?.split('-') ?? [];
  if (!month || !day) return false;
  const short = year.slice(2);
  return [
    `${day}${month}${year}`,
    `${day}${month}${short}`,
    `${Number(day)}${month}${short}`,
    `${short}${month}${day}`,
  ].includes(value);
}

/** A long number alone on its row, under a bar code; believed when it is printed twice or nothing else is there. */
function loneNumbers(rows: readonly LabelledRow[]): FolioCandidate[] {
  return rows.flatMap((row) => {
    const value = row.text.trim();
    if (!/^\d{12,24}$/.test(value)) return [];
    return [{ row, value, start: 0, end: row.text.length, score: 0.3, source: 'ocr/format' }];
  });
}

function byMerchantRule(rows: readonly LabelledRow[], merchant: Merchant | null): FolioCandidate[] {
  if (!merchant?.folio) return [];
  const expression = new RegExp(merchant.folio, 'i');
  return rows.flatMap((row) => {
    const match = expression.exec(row.text);
    const value = match?.[1];
    if (!match || !value) return [];
    const start = match.index + match[0].indexOf(value);
    return [{ row, value: stable(value), start, end: start + value.length, score: 4, source: 'merchant/folio' }];
  });
}

function candidatesAt(rows: readonly LabelledRow[], row: LabelledRow, index: number): FolioCandidate[] {
  return row.labels.id
    .filter(
      (hit) =>
        hit.role === 'folio' && !row.labels.money.some((other) => other.start < hit.end && hit.start < other.end),
    )
    .flatMap((hit) => {
      const here = codesAfter(row, hit);
      if (here.length > 0) return here;
      const below = rows[index + 1];
      return below && !hasCode(row.text.slice(hit.end))
        ? codesAfter(below, { ...hit, end: 0, weight: hit.weight - 1 })
        : [];
    });
}

function hasCode(text: string): boolean {
  return /\d{3}/.test(text);
}

/** The first code after the label and before the next one that holds three digits and is no date, time or amount. */
function codesAfter(row: LabelledRow, hit: Pick<LabelHit, 'end' | 'weight' | 'cost' | 'length'>): FolioCandidate[] {
  const next = row.labels.id.find((other) => other.start >= hit.end && other.role !== 'folio');
  const text = row.text.slice(0, next?.start ?? row.text.length);
  const amounts = findAmounts(text).filter((amount) => amount.form !== 'integer');
  const taken = [...findDates(text, 'dmy'), ...findTimes(text), ...amounts];
  for (const match of text.slice(hit.end).matchAll(code)) {
    const start = hit.end + match.index;
    const end = start + match[0].length;
    if (taken.some((other) => start < other.end && other.start < end)) continue;
    const digits = match[0].replace(/[^\d]/g, '').length;
    if (digits < 3 || digits < match[0].length * 0.4 || /^[.,]\d/.test(text.slice(end))) continue;
    const gap = match.index > 6 ? 0.6 : 0;
    const score = hit.weight - hit.cost / hit.length - gap + Math.min(1, digits / 8);
    return [{ row, value: stable(match[0]), start, end, score, source: 'ocr/label' }];
  }
  return [];
}

/** Upper case without blanks; letters that OCR puts among digits are digits again, a prefix of letters stays. */
function stable(value: string): string {
  return value
    .replace(/\s+/g, '')
    .toUpperCase()
    .split(/(?=[-/_])|(?<=[-/_])/)
    .map(digitsAgain)
    .join('');
}

const asDigit: Readonly<Record<string, string>> = { O: '0', Q: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8' };

function digitsAgain(group: string): string {
  const prefix = /^[A-Z]{2,}|^[A-Z](?=\d{1,4}$)|^[ABCEFGSTR](?=\d)/.exec(group)?.[0] ?? '';
  const rest = group.slice(prefix.length);
  if (rest.replace(/\D/g, '').length * 5 < rest.length * 3) return group;
  return prefix + rest.replace(/[OQILZSGB]/g, (sign) => asDigit[sign] ?? sign);
}
