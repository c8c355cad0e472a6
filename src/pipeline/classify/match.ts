import type { MerchantMatch } from '../../domain/document.ts';
import type { Layout, Row } from '../extract/layout.ts';
import type { Merchant, MerchantCatalog, MerchantName } from './merchants.ts';
import { findPattern } from './pattern.ts';
import { plain, type Skeleton, skeleton } from './skeleton.ts';
import { findTaxIds } from './tax-id-search.ts';

interface NameFound {
  readonly merchant: Merchant;
  readonly method: string;
  readonly confidence: number;
  readonly length: number;
  readonly row: number;
}

/** Rows where a shop writes its name. */
const headerRows = 8;
const fuel = /GASOLIN|\bPL ?\/ ?\d+|PERMISO CRE|\bDIESEL\b|\bMAGNA\b|\bLTS?\b|LITROS|COMBUSTIBLE|DESPACHADOR|SURTIDOR/;

/** The merchant of the catalogue that this document is of, or null. */
export function matchMerchant(layout: Layout, catalog: MerchantCatalog): MerchantMatch | null {
  const byTaxId = matchTaxId(layout, catalog);
  if (byTaxId) return byTaxId;
  const sellsFuel = layout.rows.some((row) => fuel.test(plain(row.text)));
  const found = layout.rows
    .flatMap((row) => namesIn(row, layout.rows.length, catalog))
    .filter(({ merchant }) => !sellsFuel || merchant.kind !== 'supermarket')
    .filter(({ merchant, length, row }) => sellsFuel || merchant.kind !== 'gas_station' || length > 7 || row < 2)
    .sort((a, b) => b.confidence - a.confidence || b.length - a.length);
  const [best] = found;
  if (!best) return null;
  const { merchant, method, confidence } = best;
  return { id: merchant.id, name: merchant.name, taxId: onlyTaxId(merchant), confidence, method };
}

/** A chain of one country with one tax id has that one; otherwise only the ticket can say which. */
function onlyTaxId(merchant: Merchant): string | null {
  return merchant.country !== null && merchant.taxIds.length === 1 ? (merchant.taxIds[0]?.id ?? null) : null;
}

function matchTaxId(layout: Layout, catalog: MerchantCatalog): MerchantMatch | null {
  for (const row of layout.rows) {
    for (const { compact, isValid } of findTaxIds(row.text)) {
      const merchant = catalog.byTaxId.get(compact);
      if (merchant) return { id: merchant.id, name: merchant.name, taxId: compact, confidence: 0.99, method: 'tax_id' };
      const near = isValid ? null : nearestTaxId(compact, catalog);
      if (near)
        return { id: near.merchant.id, name: near.merchant.name, taxId: near.id, confidence: 0.92, method: 'tax_id' };
    }
  }
  return null;
}

/** An id whose check digit is wrong is a misread one: the catalogue's only id that differs in one or two characters. */
function nearestTaxId(compact: string, catalog: MerchantCatalog): { merchant: Merchant; id: string } | null {
  const near = [...catalog.byTaxId].filter(([id]) => differences(id, compact) <= 2);
  const [first] = near;
  return first && near.length === 1 ? { id: first[0], merchant: first[1] } : null;
}

/** Places in which two ids of one length differ; many when their lengths do. */
export function differences(a: string, b: string): number {
  return a.length === b.length ? [...a].filter((sign, place) => sign !== b[place]).length : a.length;
}

function namesIn(row: Row, rowCount: number, catalog: MerchantCatalog): NameFound[] {
  const bones = skeleton(row.text);
  const isHeader = row.index < headerRows || row.index >= rowCount - 4;
  return catalog.names.flatMap((name) => nameIn(name, row.text, bones, row.index, isHeader));
}

function nameIn(name: MerchantName, text: string, bones: Skeleton, row: number, isEdge: boolean): NameFound[] {
  const isHeader = row < headerRows;
  const found = findPattern(bones, name.pattern);
  if (!found) return [];
  const start = bones.offsets[found.start] ?? 0;
  const end = (bones.offsets[found.end - 1] ?? 0) + 1;
  const length = name.pattern.text.length;
  const isWord = !/\p{L}/u.test(text[start - 1] ?? '') && !/\p{L}/u.test(text[end] ?? '');
  const opensRow = isHeader && length >= 7 && found.cost === 0 && text.slice(0, start).trim() === '';
  if ((length < 13 && !isWord && !opensRow) || !/\p{L}/u.test(text.slice(start, end))) return [];
  const { merchant } = name;
  const noise = found.cost / (2 * length);
  if (name.method === 'pattern') return [{ merchant, method: 'pattern', confidence: 0.97 - noise, length, row }];
  if (!isEdge) return [];
  const place = isHeader ? 0.95 : 0.85;
  const short = length < 5 || !isWord ? 0.06 : 0;
  return [{ merchant, method: found.cost > 0 ? 'fuzzy' : 'alias', confidence: place - short - noise, length, row }];
}
