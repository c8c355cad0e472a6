import type { Classification, MerchantMatch } from '../../domain/document.ts';
import type { EInvoice } from '../../domain/e-invoice.ts';
import type { MerchantCatalog } from '../classify/merchants.ts';

/** An e-invoice says itself what it is and whose: the merchant is its issuer, by tax id in the catalogue, else as it names itself. */
export function classifyInvoice(invoice: EInvoice, catalog: MerchantCatalog): Classification {
  return { kind: 'e_invoice', kindConfidence: 1, merchant: issuerOf(invoice, catalog), candidates: [] };
}

function issuerOf({ issuer }: EInvoice, catalog: MerchantCatalog): MerchantMatch | null {
  const { taxId, name } = issuer;
  const known = taxId === null ? undefined : catalog.byTaxId.get(taxId.toUpperCase());
  if (known) return { id: known.id, name: known.name, taxId, confidence: 1, method: 'tax_id' };
  const shown = name ?? taxId;
  return shown === null ? null : { id: null, name: shown, taxId, confidence: 1, method: 'issuer' };
}
