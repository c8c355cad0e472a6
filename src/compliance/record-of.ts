import type { EInvoice } from '../domain/e-invoice.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { ComplianceRecord } from '../store/compliance-records.ts';
import type { Authorities } from './authorities.ts';

/** The record with which the check of a ticket's invoice begins; null where no authority knows such invoices. */
export function recordOf(
  authorities: Authorities,
  ticket: Ticket,
  invoice: EInvoice,
  now: Date,
): ComplianceRecord | null {
  for (const authority of Object.values(authorities)) {
    const question = authority.questionOf(invoice);
    if (!question) continue;
    const { companyId, id: ticketId, source, language, file } = ticket;
    const { channel, account, chat } = source;
    return {
      id: `${companyId}:${authority.name}:${question.uuid.toUpperCase()}`,
      ...{ companyId, authority: authority.name, question, ticketId, chat: { channel, account, chat, language } },
      file: { sha256: file.sha256, name: file.name, mime: file.mime },
      label: labelOf(invoice),
      ...{ status: 'PENDING', verdict: null, answer: null, isEfosListed: null, cancellable: null, checkedAt: null },
      // What is not asked at once (the step's process dies, no call is left this minute) is found by the sweep.
      ...{ nextAt: now, tries: 0, misses: 0, rechecks: 0, isUntold: true, backup: null },
      history: [{ at: now, status: 'PENDING', event: 'registered', detail: ticketId }],
      ...{ createdAt: now, updatedAt: now },
    };
  }
  return null;
}

function labelOf({ series, folio, uuid, issuer }: EInvoice): string {
  const number = folio === null ? uuid : `${series ?? ''}${folio}`;
  return `${number ?? ''} ${issuer.name ?? issuer.taxId ?? ''}`.trim().slice(0, 200);
}
