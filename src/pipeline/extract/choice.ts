import type { FieldValue } from '../../domain/document.ts';
import { boxOf, type Row } from './layout.ts';

/** Probability for a score: the logistic function, kept off 0 and 1. */
export function probability(score: number): number {
  const value = 1 / (1 + Math.exp(-score));
  return Math.min(0.995, Math.max(0.01, value));
}

/** A field from the characters [start, end) of a row; confidence is rounded to a thousandth. */
export function fieldAt(
  row: Row,
  start: number,
  end: number,
  value: { value: string; confidence: number; source: string },
): FieldValue {
  return { ...value, confidence: Math.round(value.confidence * 1000) / 1000, box: boxOf(row, start, end) };
}
