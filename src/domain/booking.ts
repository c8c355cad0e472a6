import { z } from 'zod';
import { Decimal } from './e-invoice.ts';

export const BillLine = z.object({
  description: z.string(),
  quantity: Decimal.nullable(),
  unitPrice: Decimal.nullable(),
  amount: Decimal.nullable(),
  /** Of the tax authority's catalogue: CFDI `ClaveProdServ` (UNSPSC). */
  productCode: z.string().nullable(),
  /** The supplier's own code. */
  sku: z.string().nullable(),
});
export type BillLine = z.infer<typeof BillLine>;

/** A purchase as it goes into the books, from an e-invoice or from a receipt. */
export const Bill = z.object({
  kind: z.enum(['bill', 'credit-note']),
  /** `xml` states everything exactly; `receipt` was read from a picture. */
  source: z.enum(['xml', 'receipt']),
  supplier: z.object({ taxId: z.string().nullable(), name: z.string() }),
  number: z.string().nullable(),
  uuid: z.string().nullable(),
  issuedOn: z.iso.date(),
  /** ISO 4217; null where the document does not say. */
  currency: z.string().nullable(),
  exchangeRate: Decimal.nullable(),
  subtotal: Decimal.nullable(),
  tax: Decimal.nullable(),
  total: Decimal,
  paymentMethod: z.string().nullable(),
  lines: z.array(BillLine),
});
export type Bill = z.infer<typeof Bill>;

/** An account of the books that purchases are put under. */
export const Category = z.object({ id: z.string(), name: z.string() });
export type Category = z.infer<typeof Category>;

/**
 * PENDING: not in the books yet; SUBMITTING: on its way, so that whoever finds it so asks first whether it arrived; BOOKED; FAILED: the
 * books refuse it, somebody has to look.
 */
export const BookingStatus = z.enum(['PENDING', 'SUBMITTING', 'BOOKED', 'FAILED']);
export type BookingStatus = z.infer<typeof BookingStatus>;
