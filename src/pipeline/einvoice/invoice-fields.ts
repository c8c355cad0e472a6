import type { Classification, Extraction, FieldName, Fields } from '../../domain/document.ts';
import type { EInvoice } from '../../domain/e-invoice.ts';
import { negated } from '../returns.ts';
import { fromMicros, toMicros } from './decimal.ts';
import { paymentMethodOf } from './payment-method.ts';

type Value = readonly [field: FieldName, value: string | null, attribute: string];

/**
 * The fields of an e-invoice, each exactly as its XML states it but for a credit note's amounts, which are below zero, and why a person has to look: `invalid_seal`,
 * `unverified_seal`, `not_stamped` (CFDI only), `arithmetic_mismatch`, `uuid_mismatch` (the CUFE), `missing:<field>`.
 */
export function extractInvoice(invoice: EInvoice, { merchant }: Classification): Extraction {
  const stated = fieldsOf(invoice, merchant?.name ?? null);
  const fields = givesBack(invoice) ? negated(stated) : stated;
  const missing = (['date', 'total'] as const).filter((name) => !fields[name]).map((name) => `missing:${name}`);
  return { fields, reasons: [...sealReasons(invoice), ...missing] };
}

/** A credit note: CFDI `E` (3.2: `egreso`), UBL `CreditNote`. The invoice itself keeps its amounts as stated. */
function givesBack({ type }: EInvoice): boolean {
  return type === 'E' || type === 'egreso' || type === 'CreditNote';
}

function sealReasons({ standard, seal, arithmetic, uuid, uuidFits }: EInvoice): string[] {
  return [
    ...(seal.valid === false ? ['invalid_seal'] : []),
    ...(seal.valid === null ? ['unverified_seal'] : []),
    ...(uuid === null && standard !== 'UBL' ? ['not_stamped'] : []),
    ...(arithmetic.ok === false ? ['arithmetic_mismatch'] : []),
    ...(uuidFits === false ? ['uuid_mismatch'] : []),
  ];
}

function fieldsOf(invoice: EInvoice, merchant: string | null): Fields {
  const names = invoice.standard === 'UBL' ? ublNames : cfdiNames;
  const { issuedAt, issuer, taxes } = invoice;
  const values: readonly Value[] = [
    ['merchant', merchant, names.merchant],
    ['taxId', issuer.taxId, names.taxId],
    ['date', /^\d{4}-\d\d-\d\d/.exec(issuedAt ?? '')?.[0] ?? null, names.date],
    ['time', /T(\d\d:\d\d:\d\d)/.exec(issuedAt ?? '')?.[1] ?? null, names.time],
    ['total', amount(invoice.total), names.total],
    ['subtotal', amount(invoice.subtotal), names.subtotal],
    ['tax', amount(taxes.transferred), names.tax],
    ['currency', currencyOf(invoice), names.currency],
    ['folio', folioOf(invoice), names.folio],
    ['paymentMethod', paymentMethodOf(invoice), names.paymentMethod],
  ];
  return Object.fromEntries(
    values.flatMap(([field, value, attribute]) =>
      value === null ? [] : [[field, { value, confidence: 1, box: null, source: `xml/${attribute}` }]],
    ),
  );
}

/** Attributes that the values come from, for their provenance. */
const cfdiNames = {
  merchant: 'Nombre',
  taxId: 'Rfc',
  date: 'Fecha',
  time: 'Fecha',
  total: 'Total',
  subtotal: 'SubTotal',
  tax: 'TotalImpuestosTrasladados',
  currency: 'Moneda',
  folio: 'Folio',
  paymentMethod: 'FormaPago',
};
const ublNames: typeof cfdiNames = {
  merchant: 'RegistrationName',
  taxId: 'CompanyID',
  date: 'IssueDate',
  time: 'IssueTime',
  total: 'PayableAmount',
  subtotal: 'LineExtensionAmount',
  tax: 'TaxAmount',
  currency: 'DocumentCurrencyCode',
  folio: 'ID',
  paymentMethod: 'PaymentMeansCode',
};

/** Two decimals at least, as all amounts of tickets have. */
function amount(decimal: string | null): string | null {
  const micros = toMicros(decimal);
  return micros === null ? null : fromMicros(micros);
}

/** CFDI writes XXX where no currency applies; 3.2 let issuers write it in words. */
function currencyOf({ currency }: EInvoice): string | null {
  return currency && /^[A-Z]{3}$/.test(currency) && currency !== 'XXX' ? currency : null;
}

/** Series and number together, as printed; an invoice without them is known by its UUID. */
function folioOf({ series, folio, uuid }: EInvoice): string | null {
  return folio === null ? uuid : `${series ?? ''}${folio}`.replace(/\s/g, '');
}
