import type { Classification, MerchantMatch } from '../../domain/document.ts';
import { type Reading, readingText } from '../../domain/reading.ts';
import { type Layout, layoutOf } from '../extract/layout.ts';
import { paymentEvidence } from '../extract/payment/payment-evidence.ts';
import { headerName } from './header.ts';
import { kindOf } from './kind.ts';
import { matchMerchant } from './match.ts';
import type { MerchantCatalog } from './merchants.ts';

/**
 * What kind of document a reading is and whose. Pure. The merchant is recognised by tax id, then by its patterns and names
 * (with tolerance for OCR noise), else its name is the one printed in the header (`id` is null, method `header`).
 */
export function classify(reading: Reading, catalog: MerchantCatalog): Classification {
  const layout = layoutOf(reading);
  if (layout.rows.length === 0) return { kind: 'other', kindConfidence: 1, merchant: null };
  const known = matchMerchant(layout, catalog);
  const { kind, confidence } = kindOf(readingText(reading), paymentEvidence(reading));
  const isBank = catalog.byId.get(known?.id ?? '')?.kind === 'bank';
  const isShop = known !== null && !isBank && (kind === 'other' || kind === 'receipt');
  return {
    kind: isShop ? 'receipt' : kind,
    kindConfidence: isShop ? Math.max(0.9, kind === 'other' ? 0 : confidence) : confidence,
    merchant: known ?? fromHeader(layout),
  };
}

function fromHeader(layout: Layout): MerchantMatch | null {
  const header = headerName(layout);
  if (!header || header.name.length < 3) return null;
  return { id: null, name: header.name, taxId: null, confidence: header.confidence, method: 'header' };
}
