import type { EInvoice } from '../../domain/e-invoice.ts';

/** SAT, catalogue c_FormaPago, as far as Recibot tells ways of paying apart. */
const cfdiForms: ReadonlyMap<string, string> = new Map([
  ['01', 'cash'],
  ['03', 'transfer'],
  ['04', 'credit_card'],
  ['28', 'debit_card'],
]);

/** UN/ECE 4461 in the DIAN's table 13.3.4.2: PaymentMeansCode. */
const ublForms: ReadonlyMap<string, string> = new Map([
  ['10', 'cash'],
  ['42', 'transfer'],
  ['47', 'transfer'],
  ['48', 'credit_card'],
  ['49', 'debit_card'],
]);

/** How the invoice was paid, in the words of the field `paymentMethod`; null where it does not say or has no word. */
export function paymentMethodOf({ standard, paymentForm }: EInvoice): string | null {
  const forms = standard === 'UBL' ? ublForms : cfdiForms;
  return forms.get(paymentForm ?? '') ?? null;
}
