import { createHash } from 'node:crypto';
import { fromMicros, toMicros } from '../decimal.ts';
import { allAt, firstAt, textAt, type XmlElement } from '../xml/xml-element.ts';

/** What the DIAN's code of a document is made of (Anexo técnico 1.9, 11.1.2 and 11.2); amounts as stated, taxes 01 IVA, 04 INC, 03 ICA. */
export interface CufeParts {
  number: string;
  /** YYYY-MM-DD. */
  date: string;
  /** HH:MM:SS-05:00. */
  time: string;
  subtotal: string;
  iva: string;
  inc: string;
  ica: string;
  total: string;
  issuer: string;
  recipient: string;
  /** CUFE: the technical key of the range of numbers; CUDE: the software's PIN. */
  secret: string;
  /** `1` production, `2` tests. */
  environment: string;
}

/** The CUFE of an invoice, or the CUDE of a note, in lower-case hex: SHA-384 of all parts without separators, amounts cut to two decimals. */
export function cufeOf(parts: CufeParts): string {
  return createHash('sha384').update(cufeComposition(parts)).digest('hex');
}

export function cufeComposition(parts: CufeParts): string {
  const { number, date, time, subtotal, iva, inc, ica, total, issuer, recipient, secret, environment } = parts;
  const taxes = `01${cut(iva)}04${cut(inc)}03${cut(ica)}`;
  return `${number}${date}${time}${cut(subtotal)}${taxes}${cut(total)}${issuer}${recipient}${secret}${environment}`;
}

/** Two decimals, further ones cut and not rounded. */
function cut(amount: string): string {
  const [whole = '0', decimals = ''] = amount.split('.');
  return `${whole}.${decimals.slice(0, 2).padEnd(2, '0')}`;
}

/** Whether a UBL document's own code fits what it says, for whoever has the issuer's secret; null where a part is missing. */
export function cufeFits(root: XmlElement, secret: string): boolean | null {
  const parts = partsOf(root, secret);
  const stated = textAt(root, 'UUID')?.toLowerCase();
  return parts && stated ? cufeOf(parts) === stated : null;
}

function partsOf(root: XmlElement, secret: string): CufeParts | null {
  const totals = firstAt(root, 'LegalMonetaryTotal') ?? firstAt(root, 'RequestedMonetaryTotal');
  const party = (role: string) => textAt(root, role, 'Party', 'PartyTaxScheme', 'CompanyID');
  const known = {
    number: textAt(root, 'ID'),
    date: textAt(root, 'IssueDate'),
    time: textAt(root, 'IssueTime'),
    subtotal: textAt(totals, 'LineExtensionAmount'),
    total: textAt(totals, 'PayableAmount'),
    issuer: party('AccountingSupplierParty'),
    recipient: party('AccountingCustomerParty'),
    environment: textAt(root, 'ProfileExecutionID'),
  };
  const { number, date, time, subtotal, total, issuer, recipient, environment } = known;
  if (!number || !date || !time || !subtotal || !total || !issuer || !recipient || !environment) return null;
  const taxes = { iva: taxOf(root, '01'), inc: taxOf(root, '04'), ica: taxOf(root, '03') };
  return { number, date, time, subtotal, total, issuer, recipient, environment, secret, ...taxes };
}

/** The sum of one tax; none is zero. */
function taxOf(root: XmlElement, scheme: string): string {
  const subtotals = allAt(root, ['TaxTotal', 'TaxSubtotal']).filter(
    (tax) => textAt(tax, 'TaxCategory', 'TaxScheme', 'ID') === scheme,
  );
  return fromMicros(subtotals.reduce((sum, tax) => sum + (toMicros(textAt(tax, 'TaxAmount')) ?? 0n), 0n));
}
