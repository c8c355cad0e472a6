import { z } from 'zod';
import { TicketCode } from './code.ts';
import { Compliance } from './compliance.ts';
import { DocumentKind, Fields, LineItems, MerchantCandidate, MerchantMatch, Reason } from './document.ts';
import { EInvoice } from './e-invoice.ts';
import { Failure, failureCodes } from './failure.ts';
import { Language } from './language.ts';
import { PortalState } from './portal.ts';
import { Profile } from './reading.ts';
import { Stage } from './stage.ts';

export const Priority = z.enum(['LOW', 'NORMAL', 'HIGH', 'URGENT']);
export type Priority = z.infer<typeof Priority>;

/** Where a document came from and where its answer goes. Together the five name one attachment of one message for ever. */
export const Source = z.object({
  /** Channel's registry key: `webchat`, `upload`, `inbox`, `cli`, `telegram`, … */
  channel: z.string().min(1).max(40),
  /** The bot, number or mailbox that received it. */
  account: z.string().min(1).max(200),
  chat: z.string().min(1).max(200),
  message: z.string().min(1).max(400),
  /** Position of the attachment in the message, from 0. */
  attachment: z.int().nonnegative(),
});
export type Source = z.infer<typeof Source>;

export const TicketFile = z.object({
  /** Lower-case hex; also the key of the bytes in the file store. */
  sha256: z.string().length(64),
  /** As the sender named it, cut to 200 characters, without folders or control characters. */
  name: z.string(),
  mime: z.string(),
  sizeBytes: z.int().nonnegative(),
});
export type TicketFile = z.infer<typeof TicketFile>;

export const TicketError = z.object({
  code: z.enum(failureCodes),
  /** For operators, in English; users get the text of `code`. */
  message: z.string(),
});
export type TicketError = z.infer<typeof TicketError>;

/** What the reader did, without the text (the text lies in the `readings` collection). */
export const ReadingSummary = z.object({
  provider: z.string(),
  profile: Profile,
  confidence: z.number(),
  ms: z.number(),
});
export type ReadingSummary = z.infer<typeof ReadingSummary>;

export const StageEntry = z.object({ stage: Stage, at: z.date(), reason: z.string().nullable() });
export type StageEntry = z.infer<typeof StageEntry>;

/** One document that came in, whatever it is. One aggregate, one life-cycle (see stage.ts). */
export const Ticket = z.object({
  id: z.string(),
  companyId: z.string(),
  source: Source,
  language: Language,
  priority: Priority,
  profile: Profile,
  file: TicketFile,
  /** Free metadata given with an upload (seed 4: numerosorteo, fechasorteo, idWhatsapp, nombre, horamin). */
  metadata: z.record(z.string(), z.string()),
  stage: Stage,
  history: z.array(StageEntry),
  kind: DocumentKind.nullable(),
  kindConfidence: z.number().nullable(),
  merchant: MerchantMatch.nullable(),
  /** Whose it may be, where that is not sure; tickets of earlier versions have none. */
  candidates: z.array(MerchantCandidate).default([]),
  fields: Fields,
  reasons: z.array(Reason),
  reading: ReadingSummary.nullable(),
  /** Bar codes and QR codes found on it, as evidence; tickets of earlier versions have none. */
  codes: z.array(TicketCode).default([]),
  /** What its XML says, on an e-invoice; tickets of earlier versions have none. */
  invoice: EInvoice.nullable().default(null),
  /** What the tax authority says about it, on an e-invoice. */
  compliance: Compliance.nullable().default(null),
  /** The issued invoice, as PDF and XML, once there is one. */
  invoiceFiles: z.array(TicketFile).exactOptional(),
  /** What was bought, as a receipt shows it. */
  items: LineItems.exactOptional(),
  /** Where it stands with its merchant's invoicing portal, once that was asked. */
  portal: PortalState.exactOptional(),
  error: TicketError.nullable(),
  /** On a package of several invoices: the ticket of each. */
  parts: z.array(z.string()).default([]),
  /** On a DUPLICATE: the ticket of the same bytes, or of the same document on another picture, that came first. */
  duplicateOf: z.string().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Ticket = z.infer<typeof Ticket>;

/** The invoice's file of that content. @throws {Failure} `not-found` when the ticket has none such. */
export function invoiceFileOf({ id, invoiceFiles = [] }: Ticket, sha256: string): TicketFile {
  const file = invoiceFiles.find((one) => one.sha256 === sha256);
  if (!file) throw new Failure('not-found', 'ask', `ticket ${id} has no invoice file ${sha256}`);
  return file;
}

/** What a ticket knows of its document before it is read, or read again. */
export const nothingRead = {
  kind: null,
  kindConfidence: null,
  merchant: null,
  candidates: [],
  fields: {},
  reasons: [],
  reading: null,
  codes: [],
  invoice: null,
  compliance: null,
  parts: [],
  error: null,
} satisfies Partial<Ticket>;
