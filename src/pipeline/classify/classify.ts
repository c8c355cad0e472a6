import type { Classification, MerchantCandidate, MerchantMatch } from '../../domain/document.ts';
import { type Reading, readingText } from '../../domain/reading.ts';
import { type Layout, layoutOf } from '../extract/layout.ts';
import { paymentEvidence } from '../extract/payment/payment-evidence.ts';
import type { Evidence } from './evidence.ts';
import { fuelSigns } from './fuel.ts';
import { headerName } from './header.ts';
import { kindOf } from './kind.ts';
import { type MatchOptions, matchMerchants } from './match.ts';
import type { MerchantCatalog } from './merchants.ts';

/** Below this the name that is printed is likelier to be right than a merchant of the catalogue. */
const knownFrom = 0.65;
/** From this on nobody is asked whose it is. */
const sureFrom = 0.8;
/** Below this a merchant of the catalogue takes nothing from a printed name. */
const rivalFrom = 0.4;
const mostCandidates = 5;
const leastCandidate = 0.03;

/**
 * What kind of document a reading is and whose. Pure. The merchant is the likeliest by all signs (tax id, patterns, names with tolerance for
 * OCR noise, n-grams, and the options' `more`), else its name is the one printed in the header (`id` is null, method `header`).
 */
export function classify(reading: Reading, catalog: MerchantCatalog, options: MatchOptions = {}): Classification {
  const layout = layoutOf(reading);
  if (layout.rows.length === 0) return { kind: 'other', kindConfidence: 1, merchant: null, candidates: [] };
  const fuel = fuelSigns(layout);
  const ranked = matchMerchants(layout, catalog, fuel, options);
  const [best] = ranked;
  const known = best && best.probability >= knownFrom ? best : null;
  const { kind, confidence } = kindOf(readingText(reading), paymentEvidence(reading));
  const isShop = known !== null && known.kind !== 'bank' && (kind === 'other' || kind === 'receipt');
  const merchant = known ? matchOf(known, catalog) : fromHeader(layout, best?.probability ?? 0);
  return {
    kind: isShop ? 'receipt' : kind,
    kindConfidence: isShop ? Math.max(0.9, kind === 'other' ? 0 : confidence) : confidence,
    merchant: merchant && fuel.permit !== null ? { ...merchant, permit: fuel.permit } : merchant,
    candidates: (merchant?.confidence ?? 0) < sureFrom ? candidatesOf(ranked) : [],
  };
}

function matchOf({ id, name, taxId, probability, method }: Evidence, catalog: MerchantCatalog): MerchantMatch {
  const known = catalog.byId.get(id ?? '');
  /** A chain of one country with one tax id has that one; otherwise only the ticket can say which. */
  const only = known?.country && known.taxIds.length === 1 ? (known.taxIds[0]?.id ?? null) : null;
  return { id, name, taxId: taxId ?? only, confidence: Math.round(probability * 1000) / 1000, method };
}

/** `rival`: the probability that it is a merchant of the catalogue after all. */
function fromHeader(layout: Layout, rival: number): MerchantMatch | null {
  const header = headerName(layout);
  if (!header || header.name.length < 3) return null;
  const confidence = Math.round(header.confidence * (rival < rivalFrom ? 1 : 1 - rival) * 1000) / 1000;
  return { id: null, name: header.name, taxId: null, confidence, method: 'header' };
}

function candidatesOf(ranked: readonly Evidence[]): MerchantCandidate[] {
  return ranked
    .filter(({ probability }) => probability >= leastCandidate)
    .slice(0, mostCandidates)
    .map(({ id, name, probability }) => ({ id, name, probability: Math.round(probability * 1000) / 1000 }));
}
