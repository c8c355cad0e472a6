import type { FiscalFacts } from '../../domain/code.ts';
import { decimalIn, fromMicros, toMicros } from '../einvoice/decimal.ts';

/** Facts of which only some are known. */
export function factsOf(standard: FiscalFacts['standard'], known: Partial<FiscalFacts>): FiscalFacts {
  return {
    standard,
    documentId: null,
    documentType: null,
    issuerTaxId: null,
    issuerName: null,
    recipientTaxId: null,
    folio: null,
    date: null,
    time: null,
    tax: null,
    total: null,
    currency: null,
    sealTail: null,
    ...known,
  };
}

/** An amount in the stable form of fields, negative on a credit note; null for what is none. */
export function amountOf(text: string | null | undefined, isCredit = false): string | null {
  const micros = toMicros(decimalIn(text ?? null));
  if (micros === null) return null;
  return fromMicros(isCredit && micros > 0n ? -micros : micros);
}

/** The date when it is one: `YYYY-MM-DD`, or `DD-MM-YYYY` with dashes or slashes. */
export function dateOf(text: string | null | undefined): string | null {
  const iso = /^(\d{4})-(\d\d)-(\d\d)/.exec(text ?? '');
  if (iso) return checked(iso[1], iso[2], iso[3]);
  const day = /^(\d\d)[-/](\d\d)[-/](\d{4})$/.exec(text ?? '');
  return day ? checked(day[3], day[2], day[1]) : null;
}

function checked(year = '', month = '', day = ''): string | null {
  const date = `${year}-${month}-${day}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : null;
}

/** What a code's text says when it is an address of one of these hosts; null otherwise. Nothing is fetched. */
export function addressAt(text: string, hosts: ReadonlySet<string>): URL | null {
  const url = URL.parse(text.trim());
  const isKnown = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && hosts.has(url.hostname);
  return isKnown ? url : null;
}

export function textOrNull(text: string | null | undefined): string | null {
  return text?.trim() || null;
}
