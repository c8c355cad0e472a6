import type { Stage } from '../../../src/domain/stage.ts';

/** What a person sees of a document's way. */
export const stepNames = ['received', 'reading', 'merchant', 'fields', 'done'] as const;
export type StepName = (typeof stepNames)[number];

const stepOfStage: Record<Stage, StepName> = {
  UPLOADED: 'received',
  OCR_PROCESSING: 'reading',
  MERCHANT_CLASSIFICATION: 'merchant',
  FIELD_EXTRACTION: 'fields',
  AUTOMATION_QUEUE: 'fields',
  WEB_AUTOMATION: 'fields',
  COMPLIANCE: 'fields',
  COMPLETED: 'done',
  HUMAN_REVIEW: 'done',
  FAILED: 'done',
  DUPLICATE: 'done',
};

export function stepOf(stage: Stage): StepName {
  return stepOfStage[stage];
}
