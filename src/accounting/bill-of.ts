import type { Bill } from '../domain/booking.ts';
import { Decimal, type EInvoice } from '../domain/e-invoice.ts';
import type { Ticket } from '../domain/ticket.ts';

/** Types of e-invoices that are purchases, as their documents name them; payments, transport and payrolls are none. */
const kindOfType: Readonly<Record<string, Bill['kind']>> = {
  I: 'bill',
  ingreso: 'bill',
  Invoice: 'bill',
  DebitNote: 'bill',
  E: 'credit-note',
  egreso: 'credit-note',
  CreditNote: 'credit-note',
};

/** What a ticket brings into the books; null where it is no purchase, or where what books need is missing. */
export function billOf(ticket: Ticket, ownTaxIds: readonly string[]): Bill | null {
  if (ticket.invoice) return billOfInvoice(ticket.invoice, ticket, ownTaxIds);
  const isPurchase = ticket.kind === 'receipt' || ticket.kind === 'e_invoice';
  return isPurchase ? billOfReceipt(ticket) : null;
}

function billOfInvoice(invoice: EInvoice, { fields }: Ticket, ownTaxIds: readonly string[]): Bill | null {
  const kind = kindOfType[invoice.type ?? ''];
  const { issuer, subtotal, taxes, total } = invoice;
  const issuedOn = fields.date?.value ?? invoice.issuedAt?.slice(0, 10);
  const isSold = issuer.taxId !== null && ownTaxIds.includes(issuer.taxId);
  if (!kind || !issuedOn || total === null || isSold) return null;
  return {
    ...{ kind, source: 'xml', supplier: { taxId: issuer.taxId, name: issuer.name ?? issuer.taxId ?? '?' } },
    ...{ number: fields.folio?.value ?? null, uuid: invoice.uuid, issuedOn },
    ...{ currency: fields.currency?.value ?? null, exchangeRate: invoice.exchangeRate },
    ...{ subtotal, tax: taxes.transferred, total, paymentMethod: fields.paymentMethod?.value ?? null },
    lines: invoice.items.map(({ description, quantity, unitPrice, amount, productCode, sku }) => ({
      ...{ description: description ?? '', quantity, unitPrice, amount, productCode, sku },
    })),
  };
}

/** The number on a printed invoice's code is its XML's: whichever comes first is booked. */
function billOfReceipt({ fields, merchant, codes }: Ticket): Bill | null {
  const [total, issuedOn] = [amount(fields.total?.value), fields.date?.value];
  if (total === null || !issuedOn || !/^\d{4}-\d\d-\d\d$/.test(issuedOn)) return null;
  const name = merchant?.name ?? fields.merchant?.value ?? fields.taxId?.value;
  if (!name) return null;
  return {
    ...{ kind: 'bill', source: 'receipt', supplier: { taxId: merchant?.taxId ?? fields.taxId?.value ?? null, name } },
    ...{ number: fields.folio?.value ?? null, uuid: numberOnCode(codes), issuedOn },
    ...{ currency: fields.currency?.value ?? null, exchangeRate: null },
    ...{ subtotal: amount(fields.subtotal?.value), tax: amount(fields.tax?.value), total },
    ...{ paymentMethod: fields.paymentMethod?.value ?? null, lines: [] },
  };
}

function numberOnCode(codes: Ticket['codes']): string | null {
  const numbers = new Set(codes.flatMap(({ facts }) => facts?.documentId ?? []));
  return numbers.size === 1 ? ([...numbers][0] ?? null) : null;
}

function amount(value: string | undefined): string | null {
  return Decimal.safeParse(value).data ?? null;
}
