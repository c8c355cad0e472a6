import { z } from 'zod';

const Text = z.string().nullable();

/**
 * What a bar code on a fiscal document says of it, exactly as the issuer's program wrote it; null where it does not say. Amounts
 * `1234.50` (negative on a credit note), dates `YYYY-MM-DD`, tax ids without separators.
 * `CFDI`: Mexico, SAT · `DIAN`: Colombia · `ARCA`: Argentina, once AFIP · `SII`: Chile · `SUNAT`: Peru · `VERIFACTU`: Spain, AEAT.
 */
export const FiscalFacts = z.object({
  standard: z.enum(['CFDI', 'DIAN', 'ARCA', 'SII', 'SUNAT', 'VERIFACTU']),
  /** UUID of the CFDI, CUFE or CUDE, CAE; null where the standard has none. */
  documentId: Text,
  /** The authority's own code of the kind of document, e.g. `33`, `01`. */
  documentType: Text,
  issuerTaxId: Text,
  issuerName: Text,
  recipientTaxId: Text,
  folio: Text,
  date: Text,
  time: Text,
  tax: Text,
  total: Text,
  currency: Text,
  /** CFDI: last 8 characters of the seal. */
  sealTail: Text,
});
export type FiscalFacts = z.infer<typeof FiscalFacts>;

/** One bar code or QR on a page, kept as evidence; nothing that it names is ever fetched. `quad` in pixels of the page. */
export const ReadCode = z.object({
  /** As zxing names it: `QRCode`, `PDF417`, `Code128`, `ITF`, `EAN13`, `DataMatrix`, … */
  format: z.string(),
  text: z.string(),
  page: z.int().positive(),
  quad: z.tuple([
    z.tuple([z.number(), z.number()]),
    z.tuple([z.number(), z.number()]),
    z.tuple([z.number(), z.number()]),
    z.tuple([z.number(), z.number()]),
  ]),
});
export type ReadCode = z.infer<typeof ReadCode>;

/** A code of a ticket with what it says, where it is of a known kind. */
export const TicketCode = ReadCode.omit({ quad: true }).extend({ facts: FiscalFacts.nullable() });
export type TicketCode = z.infer<typeof TicketCode>;
