import { findPattern } from '../classify/pattern.ts';
import { type Skeleton, skeleton } from '../classify/skeleton.ts';
import type { Layout, Row } from './layout.ts';
import type { ExtractionRules, Label, LabelRole } from './rules.ts';

/** A label found in a row; `start` and `end` are places in the row's text, `cost` its half edits against OCR noise. */
export interface LabelHit {
  readonly role: LabelRole;
  readonly weight: number;
  readonly start: number;
  readonly end: number;
  readonly cost: number;
  readonly length: number;
}

/** Labels that compete for the same place: SUBTOTAL is never also TOTAL, but FACTURA may be part of TOTAL FACTURA. */
const families = {
  money: ['total', 'subtotal', 'tax', 'change', 'cash', 'card', 'rounding', 'other'],
  date: ['date', 'dateOther', 'time'],
  id: ['folio', 'folioOther', 'customer', 'taxId', 'date', 'time', 'total'],
} as const satisfies Record<string, readonly LabelRole[]>;
type LabelFamily = keyof typeof families;

export interface LabelledRow extends Row {
  readonly labels: Readonly<Record<LabelFamily, readonly LabelHit[]>>;
}

/** Finds every label of the rules in every row, once for all fields. */
export function labelRows(layout: Layout, rules: ExtractionRules): LabelledRow[] {
  return layout.rows.map((row) => {
    const hits = findLabels(row.text, rules);
    return {
      ...row,
      labels: { money: familyOf(hits, 'money'), date: familyOf(hits, 'date'), id: familyOf(hits, 'id') },
    };
  });
}

/** Longest first: a place in the row belongs to one label of a family only. Returned from left to right. */
function familyOf(hits: readonly LabelHit[], family: LabelFamily): LabelHit[] {
  const roles: readonly LabelRole[] = families[family];
  const kept: LabelHit[] = [];
  for (const hit of hits) {
    if (roles.includes(hit.role) && !kept.some((other) => hit.start < other.end && other.start < hit.end))
      kept.push(hit);
  }
  return kept.sort((a, b) => a.start - b.start);
}

function findLabels(text: string, rules: ExtractionRules): LabelHit[] {
  const bones = skeleton(text);
  const hits = rules.labels.flatMap((label) => hitsOf(label, text, bones));
  return hits.sort((a, b) => b.length - 2 * b.cost - (a.length - 2 * a.cost) || b.weight - a.weight);
}

function hitsOf(label: Label, text: string, bones: Skeleton): LabelHit[] {
  const { role, weight } = label;
  const length = label.pattern.text.length;
  const hits: LabelHit[] = [];
  let from = 0;
  for (let turn = 0; turn < 3; turn += 1) {
    const found = findPattern(bones, label.pattern, from);
    if (!found) break;
    from = Math.max(found.end, from + 1);
    const start = bones.offsets[found.start] ?? 0;
    const end = (bones.offsets[found.end - 1] ?? 0) + 1;
    if (!standsAlone(text, start, end, length, found.cost)) continue;
    hits.push({ role, weight, start, end, cost: found.cost, length });
  }
  return hits;
}

const letter = /\p{L}/u;

/** Short labels must be whole words; longer ones may be glued to what follows, and exact long ones to what precedes. */
function standsAlone(text: string, start: number, end: number, length: number, cost: number): boolean {
  const isBefore = !letter.test(text[start - 1] ?? '');
  const isAfter = !letter.test(text[end] ?? '');
  if (length <= 4) return isBefore && isAfter && letter.test(text.slice(start, end));
  if (cost > 0 && length < 8) return isBefore;
  return isBefore || (cost === 0 && length >= 7 && isAfter);
}
