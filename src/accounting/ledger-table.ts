import { toCsv } from '../conversation/export/csv.ts';
import type { Table, TableCell } from '../conversation/export/table.ts';
import { toXlsx } from '../conversation/export/xlsx.ts';
import type { Language } from '../domain/language.ts';
import type { Booking } from '../store/bookings.ts';

export type LedgerFormat = 'xlsx' | 'csv';

const heads: Readonly<Record<Language, string[]>> = {
  es: [
    'Fecha',
    'Proveedor',
    'Identificación fiscal',
    'Folio',
    'UUID',
    'Tipo',
    'Cuenta',
    'Subtotal',
    'Impuesto',
    'Total',
    'Moneda',
    'Forma de pago',
    'Documento',
    'Registro',
  ],
  en: [
    'Date',
    'Supplier',
    'Tax id',
    'Number',
    'UUID',
    'Type',
    'Account',
    'Subtotal',
    'Tax',
    'Total',
    'Currency',
    'Payment',
    'Document',
    'Entry',
  ],
  pt: [
    'Data',
    'Fornecedor',
    'Identificação fiscal',
    'Número',
    'UUID',
    'Tipo',
    'Conta',
    'Subtotal',
    'Imposto',
    'Total',
    'Moeda',
    'Pagamento',
    'Documento',
    'Registro',
  ],
};

/** Purchases as a spreadsheet, one a row. */
export async function ledgerFile(bookings: readonly Booking[], language: Language, format: LedgerFormat) {
  const table = ledgerTable(bookings, language);
  return format === 'csv' ? toCsv(table, bookings[0]?.bill.currency ?? '') : toXlsx(table, 'recibot');
}

function ledgerTable(bookings: readonly Booking[], language: Language): Table {
  return { head: heads[language], rows: bookings.map(rowOf) };
}

/** A credit note takes away what bills add. */
function rowOf({ bill, category, file, billId, id }: Booking): TableCell[] {
  const sign = bill.kind === 'credit-note' ? '-' : '';
  const amount = (value: string | null): TableCell =>
    value === null ? text('') : { kind: 'amount', value: `${sign}${twoDecimals(value)}` };
  return [
    { kind: 'day', value: bill.issuedOn },
    ...[bill.supplier.name, bill.supplier.taxId, bill.number, bill.uuid, bill.kind, category?.name].map(text),
    ...[bill.subtotal, bill.tax, bill.total].map(amount),
    ...[bill.currency, bill.paymentMethod, file.name, billId ?? id].map(text),
  ];
}

function text(value: string | null | undefined): TableCell {
  return { kind: 'text', value: value ?? '' };
}

function twoDecimals(value: string): string {
  const [whole = '0', fraction = ''] = value.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}
