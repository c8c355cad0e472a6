import type { Intake } from '../channels/channel.ts';
import type { Clock } from '../domain/clock.ts';
import type { Classification, Extraction } from '../domain/document.ts';
import type { EInvoice } from '../domain/e-invoice.ts';
import { Failure } from '../domain/failure.ts';
import type { PortalState } from '../domain/portal.ts';
import { type Reading, readingText } from '../domain/reading.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Files } from '../store/files.ts';
import type { Readings } from '../store/readings.ts';
import type { TicketPatch } from '../store/tickets.ts';
import { ticketCodes } from './codes/parse-code.ts';
import { extractInvoice } from './einvoice/invoice-fields.ts';
import { type FoundInvoice, holdsEInvoice, type InvoiceOptions, readEInvoices } from './einvoice/read-e-invoice.ts';
import { latestDate } from './latest-date.ts';
import type { Reader } from './read/reader.ts';
import { splitPackage } from './split-package.ts';
import type { Outcome, Step } from './step.ts';

export interface ReadStepDeps extends InvoiceOptions {
  files: Files;
  readings: Readings;
  reader: Reader;
  intake: Intake;
}

/** UPLOADED → OCR_PROCESSING → MERCHANT_CLASSIFICATION: an e-invoice is parsed, any other document becomes text; a package of several invoices is split and → COMPLETED. */
export function readStep(deps: ReadStepDeps): Step {
  async function run(ticket: Ticket, signal: AbortSignal): Promise<Outcome> {
    const bytes = await deps.files.get(ticket.file.sha256);
    const { mime } = ticket.file;
    if (holdsEInvoice(mime)) return readInvoices(ticket, await readEInvoices(bytes, mime, deps));
    return { to: 'MERCHANT_CLASSIFICATION', patch: await readText(ticket, bytes, signal) };
  }

  async function readInvoices(ticket: Ticket, found: readonly FoundInvoice[]): Promise<Outcome> {
    const [first, ...others] = found;
    if (!first || others.length > 0) return splitPackage(ticket, found, deps.intake);
    return { to: 'MERCHANT_CLASSIFICATION', patch: { invoice: first.invoice } };
  }

  async function readText(ticket: Ticket, bytes: Uint8Array, signal: AbortSignal): Promise<TicketPatch> {
    const reading = await deps.reader.read({ bytes, mime: ticket.file.mime, profile: ticket.profile, signal });
    const { codes = [] } = reading;
    if (readingText(reading).trim() === '' && codes.length === 0)
      throw new Failure('no-text', 'ask', 'no text on any page');
    await deps.readings.save(ticket.id, reading);
    const { provider, profile, confidence, ms } = reading;
    return { reading: { provider, profile, confidence, ms }, codes: ticketCodes(codes) };
  }

  return { queue: 'read', from: 'UPLOADED', stage: 'OCR_PROCESSING', run };
}

export interface ClassifyStepDeps {
  readings: Readings;
  classify: (reading: Reading, companyId: string) => Classification | Promise<Classification>;
  classifyInvoice: (invoice: EInvoice) => Classification;
}

/** MERCHANT_CLASSIFICATION → FIELD_EXTRACTION: what it is, and whose. */
export function classifyStep(deps: ClassifyStepDeps): Step {
  async function run(ticket: Ticket): Promise<Outcome> {
    const patch = ticket.invoice
      ? deps.classifyInvoice(ticket.invoice)
      : await deps.classify(await readingOf(deps.readings, ticket), ticket.companyId);
    return { to: 'FIELD_EXTRACTION', patch };
  }
  return { queue: 'classify', stage: 'MERCHANT_CLASSIFICATION', run };
}

export interface ExtractStepDeps {
  readings: Readings;
  extract: (reading: Reading, classification: Classification, today: string) => Extraction;
  /** Tells where a receipt could be invoiced, and whether it goes there by itself. */
  portals: {
    plan(
      receipt: Pick<Ticket, 'companyId' | 'merchant'> & Extraction & { reading: Reading },
    ): Promise<{ portal: PortalState; isAutomatic: boolean } | null>;
  };
  /** Tells which e-invoices, and which printed ones by their codes, a tax authority is asked about. */
  compliance: { concerns(invoice: EInvoice): boolean; concernsPrint(codes: Ticket['codes']): boolean };
  clock: Clock;
}

/** FIELD_EXTRACTION → COMPLETED, or HUMAN_REVIEW where a value is missing or doubtful; an e-invoice → COMPLIANCE, a receipt that is to be invoiced → AUTOMATION_QUEUE. */
export function extractStep(deps: ExtractStepDeps): Step {
  async function run(ticket: Ticket): Promise<Outcome> {
    if (ticket.invoice === null) return extractText(ticket);
    const { fields, reasons } = extractInvoice(ticket.invoice, classificationOf(ticket));
    return ended({ fields, reasons }, deps.compliance.concerns(ticket.invoice) ? 'COMPLIANCE' : null);
  }

  async function extractText(ticket: Ticket): Promise<Outcome> {
    const reading = await readingOf(deps.readings, ticket);
    const extraction = deps.extract(reading, classificationOf(ticket), latestDate(deps.clock.now()));
    if (deps.compliance.concernsPrint(ticket.codes)) return ended(extraction, 'COMPLIANCE');
    if (ticket.kind !== 'receipt') return ended(extraction);
    const { companyId, merchant } = ticket;
    const plan = await deps.portals.plan({ companyId, merchant, reading, ...extraction });
    return ended(
      { ...extraction, ...(plan ? { portal: plan.portal } : {}) },
      plan?.isAutomatic ? 'AUTOMATION_QUEUE' : null,
    );
  }

  function ended(patch: Extraction & { portal?: PortalState }, next: Outcome['to'] | null = null): Outcome {
    const [reason] = patch.reasons;
    const to = next ?? (reason === undefined ? 'COMPLETED' : 'HUMAN_REVIEW');
    return { to, patch, ...(reason ? { reason } : {}) };
  }

  return { queue: 'extract', stage: 'FIELD_EXTRACTION', run };
}

async function readingOf(readings: Readings, ticket: Ticket): Promise<Reading> {
  const reading = await readings.get(ticket.id);
  if (!reading) throw new Failure('internal', 'retry', `ticket ${ticket.id} has no reading`);
  return reading;
}

function classificationOf({ kind, kindConfidence, merchant, candidates }: Ticket): Classification {
  return { kind: kind ?? 'other', kindConfidence: kindConfidence ?? 0, merchant, candidates };
}
