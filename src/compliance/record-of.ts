import type { Ticket } from '../domain/ticket.ts';
import type { ComplianceRecord } from '../store/compliance-records.ts';
import type { Authorities } from './authorities.ts';

/** Which authority is asked about a ticket's invoice, by its XML or by the code printed on it, and what. Null where none knows such. */
export function questionAbout(authorities: Authorities, { invoice, codes }: Pick<Ticket, 'invoice' | 'codes'>) {
  // Codes of several documents on one page: which of them the ticket is cannot be told.
  const facts = codes.flatMap(({ facts: stated }) => (stated?.documentId ? [stated] : []));
  const isOneDocument = new Set(facts.map(({ documentId }) => documentId)).size === 1;
  for (const authority of Object.values(authorities)) {
    const printed = isOneDocument && facts[0] ? authority.questionOfPrint(facts[0]) : null;
    const question = invoice ? authority.questionOf(invoice) : printed;
    if (question) return { authority: authority.name, question };
  }
  return null;
}

/** The record with which the check of a ticket's invoice begins; null where no authority knows such invoices. */
export function recordOf(authorities: Authorities, ticket: Ticket, now: Date): ComplianceRecord | null {
  const about = questionAbout(authorities, ticket);
  if (!about) return null;
  const { companyId, id: ticketId, source, language } = ticket;
  const { channel, account, chat } = source;
  const { sha256, name, mime } = ticket.invoiceFiles?.find((file) => file.mime === 'application/xml') ?? ticket.file;
  return {
    id: `${companyId}:${about.authority}:${about.question.uuid.toUpperCase()}`,
    ...{ companyId, ...about, ticketId, chat: { channel, account, chat, language }, file: { sha256, name, mime } },
    label: labelOf(ticket),
    ...{ status: 'PENDING', verdict: null, answer: null, isEfosListed: null, cancellable: null, checkedAt: null },
    // What is not asked at once (the step's process dies, no call is left this minute) is found by the sweep.
    ...{ nextAt: now, tries: 0, misses: 0, rechecks: 0, isUntold: true, backup: null },
    history: [{ at: now, status: 'PENDING', event: 'registered', detail: ticketId }],
    ...{ createdAt: now, updatedAt: now },
  };
}

function labelOf({ invoice, fields }: Ticket): string {
  const number = invoice?.folio ? `${invoice.series ?? ''}${invoice.folio}` : (invoice?.uuid ?? fields.folio?.value);
  const issuer = invoice?.issuer.name ?? invoice?.issuer.taxId ?? fields.merchant?.value;
  return `${number ?? ''} ${issuer ?? ''}`.trim().slice(0, 200);
}
