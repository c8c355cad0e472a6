import type { FieldValue } from '../../domain/document.ts';
import { boxOf, type Row, readConfidence } from './layout.ts';

/** Probability for a score: the logistic function, kept off 0 and 1. */
export function probability(score: number): number {
  const value = 1 / (1 + Math.exp(-score));
  return Math.min(0.995, Math.max(0.01, value));
}

/** Below this the reader itself doubts a line. */
const doubtfulReading = 0.88;

/** What is left of a confidence that nothing else confirms where the reader was unsure of the characters. */
export function asRead(row: Row, start: number, end: number, confidence: number): number {
  return readConfidence(row, start, end) < doubtfulReading ? confidence * 0.9 : confidence;
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
