import type { FieldValue } from '../../../domain/document.ts';
import { type Candidate, candidatesOf, placeOf } from './candidates.ts';
import type { LabelKind } from './label-table.ts';
import type { Segment } from './segments.ts';

/** A value found in a text, its characters [start, end), and how surely it is the value sought if the text was read right. */
export interface Finding {
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly certainty: number;
}

export type Parse = (text: string, candidate: Candidate) => Finding | null;

const positionFactor = { right: 1, below: 0.99, shared: 0.9 } as const;
/** Lines that the reader gave at least this were read right in all development images. */
const surelyRead = 0.9;

/** The first value that parses, label kinds in the order given, nearest place first. */
export function findLabelled(
  segments: readonly Segment[],
  kinds: readonly LabelKind[],
  parse: Parse,
): FieldValue | null {
  for (const kind of kinds) {
    for (const candidate of candidatesOf(segments, kind)) {
      const finding = parse(candidate.text, candidate);
      if (finding) return fieldOf(candidate, finding, 'ocr/label');
    }
  }
  return null;
}

/** A finding with its place on the image; the confidence falls with the reader's own. */
export function fieldOf(candidate: Candidate, finding: Finding, source: string): FieldValue {
  const { box, read } = placeOf(candidate, finding.start, finding.end);
  const readFactor = Math.min(1, 1 - (surelyRead - read));
  const confidence = finding.certainty * positionFactor[candidate.position] * readFactor;
  return { value: finding.value, confidence: rounded(confidence), box, source };
}

export function rounded(confidence: number): number {
  return Math.round(Math.max(0, Math.min(1, confidence)) * 1000) / 1000;
}
