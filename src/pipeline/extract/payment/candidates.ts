import type { Box } from '../../../domain/reading.ts';
import { boxOf, type Row, readConfidence } from '../layout.ts';
import type { LabelKind } from './label-table.ts';
import type { Segment } from './segments.ts';

/** How a value lies to its label. `shared`: labels first, then all their values in one run of text. */
export type Position = 'right' | 'below' | 'shared';

/** Text that may be the value of a label, and where its characters come from. */
export interface Candidate {
  readonly text: string;
  readonly position: Position;
  readonly parts: readonly { readonly start: number; readonly segment: Segment }[];
}

/** Rows below a label in which its value may lie, and their greatest distance in heights of the label. */
const rowsBelow = 4;
const gapBelow = 4;
/** Distance of the rows of one value, in heights of its letters: apps set labelled rows further apart. */
const lineSpacing = 1.5;
/** Labels in one run, at most: a heading of a table. */
const longestRun = 8;

/** What stands right of the label, below it, or after the run of labels it is in: best first. */
export function candidatesOf(segments: readonly Segment[], kind: LabelKind): readonly Candidate[] {
  return segments.filter((segment) => segment.label === kind).flatMap((label) => candidatesAt(segments, label));
}

function candidatesAt(segments: readonly Segment[], label: Segment): Candidate[] {
  const right = rightOf(segments, label);
  const found: Candidate[] = right.length > 0 ? [candidateOf(right, 'right')] : [];
  const below = belowOf(segments, label);
  if (below.length > 0) found.push(candidateOf(below, 'below'));
  const shared = right.length === 0 && below.length === 0 ? afterRun(segments, label) : [];
  if (shared.length > 0) found.push(candidateOf(shared, 'shared'));
  return found;
}

function rightOf(segments: readonly Segment[], label: Segment): Segment[] {
  const found: Segment[] = [];
  for (let index = label.index + 1; index < segments.length; index += 1) {
    const next = segments[index];
    if (!next || next.row !== label.row) break;
    if (next.label !== null && !(found.length === 0 && announcesNothing(next))) break;
    found.push(next);
  }
  const last = found.at(-1);
  return last ? [...found, ...continuationOf(segments, label, last)] : found;
}

/** Further rows of a long value: close below it, right of the label, in rows without labels. */
function continuationOf(segments: readonly Segment[], label: Segment, value: Segment): Segment[] {
  const found: Segment[] = [];
  let last = value;
  for (let index = value.index + 1; index < segments.length && found.length < rowsBelow; index += 1) {
    const next = segments[index];
    if (!next || next.label !== null || next.row.page !== value.row.page || next.row === value.row) break;
    const isClose = next.row.middle - last.row.middle <= lineSpacing * Math.max(last.height, next.height);
    if (!isClose || next.left < label.right - label.height || !sharesColumn(value, next)) break;
    found.push(next);
    last = next;
  }
  return found;
}

function belowOf(segments: readonly Segment[], label: Segment): Segment[] {
  const found: Segment[] = [];
  let last = label;
  for (let index = label.index + 1; index < segments.length; index += 1) {
    const next = segments[index];
    if (!next || next.row.index - label.row.index > rowsBelow || next.row.page !== label.row.page) break;
    if (next.row === label.row || !sharesColumn(label, next)) continue;
    const isFar = next.row.middle - last.row.middle > gapBelow * Math.max(label.height, next.height);
    if (isFar || hasOwnLabel(segments, next)) break;
    if (next.label !== null && !(last === label && isAlignedMenuWord(label, next))) break;
    found.push(next);
    last = next;
  }
  return found;
}

/** What was written right of a label is its value, whatever it looks like (`Concepto: pagos`). */
function announcesNothing(segment: Segment): boolean {
  return segment.label === 'menu' || segment.label === 'none';
}

function isAlignedMenuWord(label: Segment, below: Segment): boolean {
  return below.label === 'menu' && Math.abs(below.left - label.left) < 1.5 * label.height;
}

function sharesColumn(label: Segment, other: Segment): boolean {
  return other.left < label.right + label.height && other.right > label.left - label.height;
}

function hasOwnLabel(segments: readonly Segment[], segment: Segment): boolean {
  const before = segments[segment.index - 1];
  return before !== undefined && before.row === segment.row && before.label !== null;
}

/** Labels read one after the other (a table's heading in text without places): the text that follows the last of them. */
function afterRun(segments: readonly Segment[], label: Segment): Segment[] {
  let index = label.index + 1;
  while (index - label.index < longestRun && isAnnouncing(segments[index], label.row)) index += 1;
  if (index === label.index + 1) return [];
  const next = segments[index];
  return next && next.label === null ? [next, ...rightOf(segments, next)] : [];
}

function isAnnouncing(segment: Segment | undefined, row: Row): boolean {
  return segment !== undefined && segment.row === row && segment.label !== null && !announcesNothing(segment);
}

export function candidateOf(segments: readonly Segment[], position: Position): Candidate {
  let text = '';
  const parts: { start: number; segment: Segment }[] = [];
  for (const segment of segments) {
    if (parts.length > 0) text += ' ';
    parts.push({ start: text.length, segment });
    text += segment.text;
  }
  return { text, position, parts };
}

/** Where the characters [start, end) of a candidate stand on the image, and how surely they were read. */
export function placeOf(candidate: Candidate, start: number, end: number): { box: Box | null; read: number } {
  const touched = candidate.parts.filter((part) => part.start < end && part.start + part.segment.text.length > start);
  const places = touched.map(({ start: at, segment }) => {
    const from = segment.start + Math.max(0, start - at);
    const to = Math.min(segment.end, segment.start + end - at);
    return { box: boxOf(segment.row, from, to), read: readConfidence(segment.row, from, to) };
  });
  return {
    box: places.map((place) => place.box).reduce(united, null),
    read: places.reduce((least, place) => Math.min(least, place.read), 1),
  };
}

function united(a: Box | null, b: Box | null): Box | null {
  if (!a || !b || a.page !== b.page) return a ?? b;
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  return { page: a.page, x, y, width, height: Math.max(a.y + a.height, b.y + b.height) - y };
}
