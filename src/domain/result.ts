import { z } from 'zod';
import { TicketCode } from './code.ts';
import { Compliance } from './compliance.ts';
import { DocumentKind, Fields, LineItems, MerchantCandidate, MerchantMatch, Reason } from './document.ts';
import { EInvoice } from './e-invoice.ts';
import type { FailureCode } from './failure.ts';
import { PortalState } from './portal.ts';
import { Profile } from './reading.ts';
import { isFinal, Stage } from './stage.ts';
import { type Ticket, TicketError, TicketFile } from './ticket.ts';

/** What `recibot process --json` prints, one object a line, and what the API answers for a ticket. Stable: only additions. */
export const Result = z.object({
  file: z.string(),
  ticketId: z.string(),
  kind: DocumentKind.nullable(),
  stage: Stage,
  merchant: MerchantMatch.nullable(),
  /** Whose it may be, likeliest first, where that is not sure. */
  candidates: z.array(MerchantCandidate).optional(),
  fields: Fields,
  ocr: z.object({ provider: z.string(), profile: Profile, confidence: z.number(), ms: z.number() }).nullable(),
  reasons: z.array(Reason),
  /** Bar codes and QR codes found on it, with what those of a known kind say. */
  codes: z.array(TicketCode).optional(),
  /** Set on an e-invoice: all that its XML says. */
  invoice: EInvoice.optional(),
  /** Set on an e-invoice: what the tax authority says about it. */
  compliance: Compliance.optional(),
  /** The issued invoice, as PDF and XML: each can be fetched under its sha256. */
  invoiceFiles: z.array(TicketFile).exactOptional(),
  /** Set on a receipt that shows what was bought. */
  items: LineItems.exactOptional(),
  /** Where it stands with its merchant's invoicing portal. */
  portal: PortalState.exactOptional(),
  /** From the beginning of reading to the final stage; the wait in the queue is not counted. */
  ms: z.number(),
  /** Set when the document could not be read. */
  error: TicketError.optional(),
  /** Set on a package of several invoices: the ticket of each. */
  parts: z.array(z.string()).optional(),
  /** Set on a DUPLICATE, whose fields are those of the first. */
  duplicateOf: z.string().optional(),
});
export type Result = z.infer<typeof Result>;

/** @param first On a DUPLICATE: the ticket of the same bytes that came first, whose values it shows. */
export function toResult(ticket: Ticket, first: Ticket | null = null): Result {
  const {
    kind,
    merchant,
    candidates,
    fields,
    codes,
    reading,
    reasons,
    invoice,
    invoiceFiles,
    items,
    compliance,
    portal,
    error,
    parts,
  } = first ?? ticket;
  return {
    file: ticket.file.name,
    ticketId: ticket.id,
    kind,
    stage: ticket.stage,
    merchant,
    fields,
    ocr: reading,
    reasons,
    ms: workMs(first ?? ticket),
    ...(candidates.length > 0 ? { candidates } : {}),
    ...(codes.length > 0 ? { codes } : {}),
    ...(invoice ? { invoice } : {}),
    ...(invoiceFiles ? { invoiceFiles } : {}),
    ...(items ? { items } : {}),
    ...(compliance ? { compliance } : {}),
    ...(portal ? { portal } : {}),
    ...(error ? { error } : {}),
    ...(parts.length > 0 ? { parts } : {}),
    ...(ticket.duplicateOf ? { duplicateOf: ticket.duplicateOf } : {}),
  };
}

/** The result as a person may see it: its error, worded for operators, in the words of `describe`. */
export function inWords(result: Result, describe: (code: FailureCode) => string): Result {
  const { error } = result;
  return error ? { ...result, error: { ...error, message: describe(error.code) } } : result;
}

/** From the last time its reading began (a ticket may be read again) to the end that followed, in ms; what people did later is not its work. */
function workMs(ticket: Ticket): number {
  const start = Math.max(
    0,
    ticket.history.findLastIndex(({ stage }) => stage === 'OCR_PROCESSING'),
  );
  const since = ticket.history.slice(start);
  const began = since.at(0);
  const ended = since.find(({ stage }) => isFinal(stage)) ?? since.at(-1);
  return began && ended ? ended.at.getTime() - began.at.getTime() : 0;
}
