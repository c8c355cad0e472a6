import type { FieldValue, MerchantMatch } from '../../domain/document.ts';
import { differences } from '../classify/match.ts';
import { findTaxIds, type TaxIdFound } from '../classify/tax-id-search.ts';
import { fieldAt, probability } from './choice.ts';
import type { LabelledRow } from './labels.ts';

export interface TaxIdMention {
  readonly row: LabelledRow;
  readonly found: TaxIdFound;
  readonly isCustomers: boolean;
}

/** Every tax id of the document; those of the customer, of a certifier or of a principal are marked. */
export function findTaxIdMentions(rows: readonly LabelledRow[]): TaxIdMention[] {
  return rows.flatMap((row, index) =>
    findTaxIds(row.text).map((found) => ({ row, found, isCustomers: isCustomers(rows, index, found) })),
  );
}

/** The customer's label stands before the id in its row, or in one of the two rows above that has no id of its own. */
function isCustomers(rows: readonly LabelledRow[], index: number, found: TaxIdFound): boolean {
  const isMarked = (row: LabelledRow | undefined, before: number) =>
    row?.labels.id.some((hit) => hit.role === 'customer' && hit.start < before) ?? false;
  const above = [rows[index - 1], rows[index - 2]];
  return (
    isMarked(rows[index], found.start) ||
    above.some((row) => row && isMarked(row, Infinity) && findTaxIds(row.text).length === 0)
  );
}

/** The issuer's tax id: the best checked one that is not the customer's, else the one that the catalogue knows. */
export function chooseTaxId(
  mentions: readonly TaxIdMention[],
  merchant: MerchantMatch | null,
  country: string | null,
): FieldValue | null {
  const scored = mentions
    .filter(({ found }) => found.isLabelled || found.rule.kind === 'rfc' || country === found.rule.country)
    .map((mention, order) => ({ mention, score: scoreOf(mention, merchant, country) - order * 0.15 }))
    .sort((a, b) => b.score - a.score);
  const [best] = scored;
  if (best && best.score > 0) {
    const { row, found } = best.mention;
    const known = isKnownId(found, merchant) ? merchant?.taxId : null;
    const source = known ? 'merchant/tax-id' : 'ocr/check-digit';
    const value = found.rule.format(known ?? found.compact);
    return fieldAt(row, found.start, found.end, { value, confidence: probability(best.score), source });
  }
  if (!merchant?.taxId || merchant.confidence < 0.8) return null;
  return {
    value: merchant.taxId,
    confidence: Math.min(0.89, merchant.confidence * 0.95),
    box: null,
    source: 'merchant/catalog',
  };
}

/** The recognised merchant's own id, if need be misread in a character or two. */
function isKnownId({ compact, isValid }: TaxIdFound, merchant: MerchantMatch | null): boolean {
  if (!merchant?.taxId) return false;
  return differences(merchant.taxId, compact) <= (isValid ? 0 : 2);
}

function scoreOf(
  { row, found, isCustomers }: TaxIdMention,
  merchant: MerchantMatch | null,
  country: string | null,
): number {
  const isAlone = found.rule.kind === 'rfc' || row.text.trim().length <= found.end - found.start + 2;
  const isKnown = isKnownId(found, merchant);
  return (
    (found.isValid ? 1.6 : -0.9) +
    (found.isLabelled ? 2 : isAlone ? 1.2 : -0.6) +
    (isKnown ? 2 : 0) +
    (country === found.rule.country ? 0.8 : -0.8) -
    (isCustomers && !isKnown ? 3.5 : 0) -
    found.repairs * 0.5
  );
}
