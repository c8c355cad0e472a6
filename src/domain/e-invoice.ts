import { z } from 'zod';

/** An amount or rate exactly as the invoice states it: digits with an optional decimal point, never a float. */
export const Decimal = z.string().regex(/^-?\d{1,24}(\.\d{1,12})?$/);
export type Decimal = z.infer<typeof Decimal>;

const Text = z.string().nullable();
const Amount = Decimal.nullable();

export const InvoiceItem = z.object({
  /** Code of the tax authority's catalogue (CFDI `ClaveProdServ`) or the standard item's code (UBL). */
  productCode: Text,
  /** The issuer's own code. */
  sku: Text,
  description: Text,
  quantity: Amount,
  unit: Text,
  unitPrice: Amount,
  amount: Amount,
  discount: Amount,
});
export type InvoiceItem = z.infer<typeof InvoiceItem>;

/**
 * Whether the issuer's signature fits the document. `valid` is null where it could not be checked; `reason` then, or where it
 * is false, says why: `no-seal`, `no-certificate`, `bad-certificate`, `signature-mismatch`, `certificate-out-of-date`,
 * `certificate-not-issuer`, `stamp-mismatch`, `complement-not-supported`, `not-signed`, `digest-mismatch`, `not-checked`. On a
 * valid seal it says what is left open: `sat-certificate-missing` (the SAT's own stamp was not checked) or `not-stamped`.
 */
export const Seal = z.object({ valid: z.boolean().nullable(), reason: Text });
export type Seal = z.infer<typeof Seal>;

/** `difference` is the stated total minus the one that its parts give; `ok` is null where parts are missing. */
export const Arithmetic = z.object({ ok: z.boolean().nullable(), difference: Amount });
export type Arithmetic = z.infer<typeof Arithmetic>;

/** An e-invoice read exactly from its XML, of whatever country. What the document does not say is null. */
export const EInvoice = z.object({
  standard: z.enum(['CFDI', 'CFDI-RETENCIONES', 'UBL']),
  version: Text,
  /** Mexico: the UUID of the stamp; Colombia: the CUFE or CUDE. */
  uuid: Text,
  /** As the document names it: CFDI `I`, `E`, `T`, `N`, `P` (3.2: `ingreso`, …); UBL `Invoice`, `CreditNote`, `DebitNote`. */
  type: Text,
  series: Text,
  folio: Text,
  /** As stated: `YYYY-MM-DDTHH:MM:SS`, in Mexico local and without zone, in Colombia with its offset. */
  issuedAt: Text,
  currency: Text,
  exchangeRate: Amount,
  subtotal: Amount,
  discount: Amount,
  total: Amount,
  /** CFDI: c_FormaPago (`01` cash, `03` transfer, …); UBL: PaymentMeansCode. */
  paymentForm: Text,
  /** CFDI: `PUE` or `PPD`; UBL: `1` paid at once, `2` on credit. */
  paymentMethod: Text,
  place: Text,
  issuer: z.object({ taxId: Text, name: Text, regime: Text }),
  recipient: z.object({ taxId: Text, name: Text, use: Text, postalCode: Text, regime: Text }),
  taxes: z.object({ transferred: Amount, withheld: Amount }),
  items: z.array(InvoiceItem),
  /** When the authority, or its provider, stamped it. */
  stampedAt: Text,
  seal: Seal,
  arithmetic: Arithmetic,
  /** Colombia: whether the CUFE or CUDE fits the document; null where the issuer's key is not known, as mostly. */
  uuidFits: z.boolean().nullable().default(null),
  /** Numbers of the issuer's and of the SAT's certificate, and the tax id of the provider that stamped. */
  certificateNumber: Text,
  satCertificateNumber: Text,
  stampedBy: Text,
  /** Local names of what the complement holds, sorted, each once: `Nomina`, `Pagos`, `TimbreFiscalDigital`, … */
  complements: z.array(z.string()),
  hasAddenda: z.boolean(),
  /** CFDI 3.3 and later: the last eight characters of the seal, which the SAT wants with a question; earlier tickets have none. */
  sealTail: Text.default(null),
});
export type EInvoice = z.infer<typeof EInvoice>;
