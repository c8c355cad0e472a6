import { z } from 'zod';

/** What a person's correction of one ticket teaches about whose such documents are. One a ticket: correcting it again replaces it. */
export const Lesson = z.object({
  ticketId: z.string(),
  companyId: z.string(),
  personId: z.string(),
  /** `id` is null for a shop outside of the catalogue. */
  merchant: z.object({ id: z.string().nullable(), name: z.string().min(1).max(120) }),
  /** The tax id on the document, compact; null when none was surely read. */
  taxId: z.string().max(20).nullable(),
  /** A filling station's permit. */
  permit: z.string().max(40).nullable(),
  /** What the document's head said (see pipeline/classify/fingerprint.ts); '' when nothing. */
  fingerprint: z.string().max(300),
  taughtAt: z.date(),
});
export type Lesson = z.infer<typeof Lesson>;
