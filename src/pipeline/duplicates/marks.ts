import type { Extraction, FieldName } from '../../domain/document.ts';
import type { Reading } from '../../domain/reading.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { documentFacts } from '../codes/document-facts.ts';

/** What a document can be known by. */
export interface Marks {
  /** Documents with the same key may be the same. */
  key: string;
  /** Whether the key alone says that they are: an id that the authority or issuer gave. */
  isIdentity: boolean;
  /** Tax id or name of the merchant, the bank of a payment; null where not sure. */
  merchant: string | null;
  folio: string | null;
  /** Of the first page's picture. */
  picture: string | null;
}

/** Values read less surely than this do not count. */
const sureFrom = 0.8;
/** Bits of 256 that the same photo, sent again, mostly differs in; photos of other receipts differ in 40 and more, white scans in 9 and more (measured on 113). */
const samePictureBits = 8;

/** By what this document would be known again; null when it says too little. */
export function marksOf(ticket: Ticket, { fields }: Extraction, reading: Reading | null): Marks | null {
  const of = (name: FieldName) => {
    const field = fields[name];
    return field && field.confidence >= sureFrom ? fold(field.value) : null;
  };
  const merchant = of('taxId') ?? of('banco_origen') ?? of('banco_destino') ?? of('merchant');
  const about = { merchant, folio: of('folio'), picture: reading?.pictureHash ?? null };
  const identity = identityOf(ticket, reading);
  if (identity) return { ...about, key: identity, isIdentity: true };
  const [date, total] = [of('date'), of('total')];
  if (date === null || total === null || ticket.invoice) return null;
  return { ...about, key: `sum ${date} ${total}`, isIdentity: false };
}

/** An XML and its printed picture are two documents: neither stands for the other. */
function identityOf({ invoice }: Ticket, reading: Reading | null): string | null {
  if (invoice) return invoice.uuid && `xml ${invoice.standard} ${invoice.uuid.toLowerCase()}`;
  const facts = documentFacts(reading?.codes)?.facts;
  return facts?.documentId ? `code ${facts.standard} ${facts.documentId}` : null;
}

/**
 * Whether two documents of one key are the same paper: by the key itself, by folio and merchant, or by their pictures where nothing that
 * both surely say differs. Two purchases of the same day and amount in the same shop have two folios.
 */
export function areSame(one: Marks, other: Marks): boolean {
  if (one.isIdentity) return true;
  if (differ(one.folio, other.folio) || differ(one.merchant, other.merchant)) return false;
  if (one.folio !== null && other.folio !== null && one.merchant !== null && other.merchant !== null) return true;
  return one.picture !== null && other.picture !== null && differingBits(one.picture, other.picture) <= samePictureBits;
}

function differ(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}

export function differingBits(one: string, other: string): number {
  let bits = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  let count = 0;
  for (; bits > 0n; bits &= bits - 1n) count += 1;
  return count;
}

function fold(value: string): string {
  return value
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9.&-]/g, '');
}
