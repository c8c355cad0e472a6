import { z } from 'zod';

/**
 * The life-cycle of a ticket: every stage and every move allowed between two of them.
 * The database's enum, the API's enum and the diagram in ARCHITECTURE.md derive from this table; no other file compares
 * stages as loose strings.
 */
export const Stage = z.enum([
  'UPLOADED',
  'OCR_PROCESSING',
  'MERCHANT_CLASSIFICATION',
  'FIELD_EXTRACTION',
  'AUTOMATION_QUEUE',
  'WEB_AUTOMATION',
  'COMPLIANCE',
  'COMPLETED',
  'HUMAN_REVIEW',
  'FAILED',
  'DUPLICATE',
]);
export type Stage = z.infer<typeof Stage>;

const transitions: Readonly<Record<Stage, readonly Stage[]>> = {
  UPLOADED: ['OCR_PROCESSING', 'FAILED'],
  OCR_PROCESSING: ['MERCHANT_CLASSIFICATION', 'COMPLETED', 'HUMAN_REVIEW', 'FAILED'],
  MERCHANT_CLASSIFICATION: ['FIELD_EXTRACTION', 'HUMAN_REVIEW', 'FAILED'],
  FIELD_EXTRACTION: ['AUTOMATION_QUEUE', 'COMPLIANCE', 'COMPLETED', 'HUMAN_REVIEW', 'FAILED', 'DUPLICATE'],
  AUTOMATION_QUEUE: ['WEB_AUTOMATION', 'HUMAN_REVIEW', 'FAILED'],
  WEB_AUTOMATION: ['AUTOMATION_QUEUE', 'COMPLIANCE', 'COMPLETED', 'HUMAN_REVIEW', 'FAILED'],
  COMPLIANCE: ['COMPLETED', 'HUMAN_REVIEW', 'FAILED'],
  COMPLETED: ['AUTOMATION_QUEUE', 'UPLOADED'],
  HUMAN_REVIEW: ['AUTOMATION_QUEUE', 'COMPLIANCE', 'COMPLETED', 'FAILED', 'UPLOADED'],
  FAILED: ['UPLOADED'],
  DUPLICATE: [],
};

/** The stages in which Recibot has nothing left to do by itself: done, needs a person, failed with a reason, seen before. */
const finalStages: ReadonlySet<Stage> = new Set(['COMPLETED', 'HUMAN_REVIEW', 'FAILED', 'DUPLICATE']);

export function canMove(from: Stage, to: Stage): boolean {
  return transitions[from].includes(to);
}

export function nextStages(from: Stage): readonly Stage[] {
  return transitions[from];
}

export function isFinal(stage: Stage): boolean {
  return finalStages.has(stage);
}
