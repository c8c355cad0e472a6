import type { Intake } from '../channels/channel.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { FoundInvoice } from './einvoice/read-e-invoice.ts';
import type { Outcome } from './step.ts';

/** Places kept in a message for the invoices of each of its attachments. */
const placesOfAnAttachment = 1_000;

/**
 * Takes each invoice of a package in as a document of its own, from the place in the same message that belongs to it, so that a second
 * time gives the same tickets. The package itself is done with that.
 */
export async function splitPackage(
  ticket: Ticket,
  invoices: readonly FoundInvoice[],
  intake: Intake,
): Promise<Outcome> {
  const { companyId, source, language, priority, profile, metadata } = ticket;
  const parts: string[] = [];
  for (const [index, { name, bytes }] of invoices.entries()) {
    const attachment = (source.attachment + 1) * placesOfAnAttachment + index;
    const about = { companyId, language, priority, profile, metadata, source: { ...source, attachment } };
    parts.push((await intake({ ...about, fileName: name, bytes })).id);
  }
  return { to: 'COMPLETED', patch: { parts }, reason: 'several-invoices' };
}
