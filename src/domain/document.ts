import { z } from 'zod';
import { Box } from './reading.ts';

export const DocumentKind = z.enum(['receipt', 'payment_proof', 'e_invoice', 'bank_email', 'other']);
export type DocumentKind = z.infer<typeof DocumentKind>;

/** What is read from a purchase receipt. */
export const receiptFields = [
  'merchant',
  'taxId',
  'date',
  'time',
  'total',
  'subtotal',
  'tax',
  'currency',
  'folio',
  'paymentMethod',
] as const;

/** The sixteen fields of a payment proof, named as in the field's own documents (seed 4), and what the bank takes for it. */
export const paymentFields = [
  'monto',
  'referencia',
  'telefono',
  'cedula',
  'fecha',
  'banco_origen',
  'banco_destino',
  'concepto',
  'beneficiario',
  'cuenta_origen',
  'cuenta_destino',
  'tipo_transaccion',
  'hora_operacion',
  'identificador_fiscal',
  'comprobante',
  'canal_pago',
  'comision',
] as const;

/** Fields that every document has, whatever it is, each with the field of a payment proof that says the same. */
export const commonNames: readonly (readonly [FieldName, FieldName])[] = [
  ['total', 'monto'],
  ['date', 'fecha'],
  ['time', 'hora_operacion'],
  ['folio', 'referencia'],
];

export const FieldName = z.enum([...receiptFields, ...paymentFields]);
export type FieldName = z.infer<typeof FieldName>;

/**
 * One value and where it comes from. `value` is text in the stable form of the field: amounts `1234.50`, dates `YYYY-MM-DD`,
 * times `HH:MM` or `HH:MM:SS`, currencies ISO 4217, identifiers without blanks. `confidence` is the calibrated probability
 * that the value is right. `source` names the rule or person that set it, e.g. `ocr/label`, `ocr/arithmetic`, `merchant/tax-id`, `person`.
 */
export const FieldValue = z.object({
  value: z.string(),
  confidence: z.number().min(0).max(1),
  box: Box.nullable(),
  source: z.string(),
});
export type FieldValue = z.infer<typeof FieldValue>;

export const Fields = z.partialRecord(FieldName, FieldValue);
export type Fields = z.infer<typeof Fields>;

/**
 * `method` is the strongest sign of the merchant: `tax_id`, `pattern`, `alias`, `fuzzy`, `lexical` (character n-grams alike), `learned`
 * (what people corrected), `semantic` (an embedding service), `header` (its name as printed; not in the catalogue: `id` is
 * null), `issuer` (as an e-invoice names it), `person`.
 */
export const MerchantMatch = z.object({
  id: z.string().nullable(),
  name: z.string(),
  taxId: z.string().nullable(),
  confidence: z.number().min(0).max(1),
  method: z.string(),
  /** A Mexican filling station's own permit, `PL/1234/EXP/ES/2015`: which station of its brand it is. */
  permit: z.string().optional(),
});
export type MerchantMatch = z.infer<typeof MerchantMatch>;

/** A merchant that a document may be of; `probability` is calibrated, and what is left to 1 is "none of these". */
export const MerchantCandidate = z.object({
  id: z.string().nullable(),
  name: z.string(),
  probability: z.number().min(0).max(1),
});
export type MerchantCandidate = z.infer<typeof MerchantCandidate>;

/** The likeliest that a person is asked about; less likely ones would only confuse. */
const asked = { count: 3, probability: 0.1 };

/** Of candidates, which lie likeliest first, those that are worth asking about; their places stay. */
export function worthAsking(candidates: readonly MerchantCandidate[]): MerchantCandidate[] {
  return candidates.slice(0, asked.count).filter(({ probability }) => probability >= asked.probability);
}

export const Classification = z.object({
  kind: DocumentKind,
  kindConfidence: z.number().min(0).max(1),
  merchant: MerchantMatch.nullable(),
  /** Likeliest first, at most five, where the merchant is not sure: for a person to choose from. */
  candidates: z.array(MerchantCandidate),
});
export type Classification = z.infer<typeof Classification>;

/** Why a person has to look: `missing:<field>`, `doubtful:<field>`, `disagrees:<field>` (the document's bar code and its print), `unknown_merchant`, `not_a_receipt`, `no_text`; on an e-invoice `invalid_seal`, `unverified_seal`, `not_stamped`, `arithmetic_mismatch`, `uuid_mismatch`, `foreign_recipient`, `cancelled_invoice`, `rejected_invoice`, `unknown_to_authority`. */
export const Reason = z.string();
export type Reason = z.infer<typeof Reason>;

/** One thing bought, as its row says; amounts `1234.50`, the quantity as a decimal number. */
export const LineItem = z.object({
  description: z.string(),
  quantity: z.string().nullable(),
  unitPrice: z.string().nullable(),
  amount: z.string(),
  box: Box.nullable(),
});
export type LineItem = z.infer<typeof LineItem>;

/** `addsUp`: whether the amounts make the total or the subtotal; null where the document shows neither. */
export const LineItems = z.object({ lines: z.array(LineItem), addsUp: z.boolean().nullable() });
export type LineItems = z.infer<typeof LineItems>;

export const Extraction = z.object({
  fields: Fields,
  reasons: z.array(Reason),
  /** On receipts that show them. */
  items: LineItems.exactOptional(),
});
export type Extraction = z.infer<typeof Extraction>;
