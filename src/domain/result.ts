import { z } from 'zod';
import { DocumentKind, Fields, MerchantMatch, Reason } from './document.ts';
import { Profile } from './reading.ts';
import { Stage } from './stage.ts';
import type { Ticket } from './ticket.ts';

/** What `recibot process --json` prints, one object a line, and what the API answers for a ticket. Stable: only additions. */
export const Result = z.object({
  file: z.string(),
  ticketId: z.string(),
  kind: DocumentKind.nullable(),
  stage: Stage,
  merchant: MerchantMatch.nullable(),
  fields: Fields,
  ocr: z.object({ provider: z.string(), profile: Profile, confidence: z.number(), ms: z.number() }).nullable(),
  reasons: z.array(Reason),
  /** From arrival to the final stage. */
  ms: z.number(),
  /** Set when the document could not be read. */
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  /** Set on a DUPLICATE, whose fields are those of the first. */
  duplicateOf: z.string().optional(),
});
export type Result = z.infer<typeof Result>;

export function toResult(ticket: Ticket, file = ticket.file.name): Result {
  return {
    file,
    ticketId: ticket.id,
    kind: ticket.kind,
    stage: ticket.stage,
    merchant: ticket.merchant,
    fields: ticket.fields,
    ocr: ticket.reading,
    reasons: ticket.reasons,
    ms: lifetimeMs(ticket),
    ...(ticket.error ? { error: ticket.error } : {}),
    ...(ticket.duplicateOf ? { duplicateOf: ticket.duplicateOf } : {}),
  };
}

/** From the last time it entered UPLOADED (a ticket may be read again) to its newest stage, in ms. */
function lifetimeMs(ticket: Ticket): number {
  const began = ticket.history.findLast((entry) => entry.stage === 'UPLOADED') ?? ticket.history.at(0);
  const ended = ticket.history.at(-1);
  return began && ended ? ended.at.getTime() - began.at.getTime() : 0;
}
