import type { Layout, Row } from '../layout.ts';
import type { LabelKind } from './label-table.ts';
import type { LabelFinder, LabelHit } from './labels.ts';

/** A stretch of one row's text that is either a label or what stands between labels. */
export interface Segment {
  /** Place in reading order. */
  readonly index: number;
  readonly row: Row;
  /** Characters of the row's text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly label: LabelKind | null;
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

type Draft = Omit<Segment, 'index'>;

/** Cuts the rows at their labels, in reading order. Text without letters and digits is left out. */
export function segmentsOf(layout: Layout, findLabels: LabelFinder): readonly Segment[] {
  const drafts = layout.rows.flatMap((row) => segmentsOfRow(row, findLabels));
  return drafts.map((draft, index) => ({ ...draft, index }));
}

function segmentsOfRow(row: Row, findLabels: LabelFinder): Draft[] {
  return row.pieces.flatMap((piece, index) => {
    const end = (row.pieces[index + 1]?.start ?? row.text.length + 1) - 1;
    const text = row.text.slice(piece.start, end);
    const perCharacter = (piece.right - piece.left) / Math.max(1, text.length);
    return cut(text, findLabels(text))
      .map(([from, to, label]) => ({
        row,
        start: piece.start + from,
        end: piece.start + to,
        text: text.slice(from, to),
        label,
        left: piece.left + from * perCharacter,
        right: piece.left + to * perCharacter,
        height: piece.height,
      }))
      .filter((segment) => segment.label !== null || hasContent(segment.text));
  });
}

function cut(text: string, hits: readonly LabelHit[]): [number, number, LabelKind | null][] {
  const parts: [number, number, LabelKind | null][] = [];
  let at = 0;
  for (const hit of hits) {
    if (hit.start > at) parts.push([at, hit.start, null]);
    parts.push([hit.start, hit.end, hit.kind]);
    at = hit.end;
  }
  if (at < text.length) parts.push([at, text.length, null]);
  return parts;
}

/** A bare currency mark, as in `Monto (Bs.)`, still belongs to the label. */
function hasContent(text: string): boolean {
  return /[\p{L}\d*•]/u.test(text.replace(/^[\s(]*(?:Bs\.?S?|VES|USD|COP|MXN|ARS|CLP)\s*\.?[\s):]*$/i, ''));
}
