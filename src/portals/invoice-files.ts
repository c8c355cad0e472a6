import { createHash } from 'node:crypto';
import type { EInvoice } from '../domain/e-invoice.ts';
import { Failure } from '../domain/failure.ts';
import type { TicketFile } from '../domain/ticket.ts';
import { readEInvoice } from '../pipeline/einvoice/read-e-invoice.ts';
import type { PortalFile } from './download.ts';

const mimes = { xml: 'application/xml', pdf: 'application/pdf', zip: 'application/zip' } as const;

export interface CheckedInvoice {
  invoice: EInvoice;
  /** With the bytes, to be kept. */
  files: (TicketFile & { bytes: Uint8Array })[];
}

/**
 * The invoice among what a portal gave, checked that it is for us and over this ticket's amount: a portal that mixes up sessions
 * gives somebody else's. Null when there is no XML.
 * @throws {Failure} `invoice-not-ours`, to be looked at by a person; those of `readEInvoice` for a broken one.
 */
export async function checkInvoice(
  downloaded: readonly PortalFile[],
  expected: { taxId: string; total: string | null },
): Promise<CheckedInvoice | null> {
  const source = downloaded.find(({ kind }) => kind === 'xml') ?? downloaded.find(({ kind }) => kind === 'zip');
  if (!source) return null;
  const invoice = await readEInvoice(source.bytes, mimes[source.kind]);
  const { recipient, total } = invoice;
  if (recipient.taxId !== expected.taxId)
    throw new Failure('invoice-not-ours', 'review', `the portal gave an invoice of ${recipient.taxId}`);
  if (expected.total !== null && !isSameAmount(total, expected.total))
    throw new Failure('invoice-not-ours', 'review', `the invoice is over ${total}, the ticket over ${expected.total}`);
  const stem = [invoice.issuer.taxId, invoice.uuid].filter((part) => part !== null).join('-') || 'factura';
  const files = downloaded.map(({ kind, bytes }) => ({
    sha256: createHash('sha256').update(bytes).digest('hex'),
    name: `${stem}.${kind}`,
    mime: mimes[kind],
    sizeBytes: bytes.length,
    bytes,
  }));
  return { invoice, files };
}

/** To the cent, without going through floats that add up. */
function isSameAmount(one: string | null, other: string): boolean {
  return one !== null && Math.round(Number(one) * 100) === Math.round(Number(other) * 100);
}
