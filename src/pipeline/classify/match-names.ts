import type { Layout, Row } from '../extract/layout.ts';
import type { Evidence } from './evidence.ts';
import type { Merchant, MerchantCatalog, MerchantName } from './merchants.ts';
import { findPattern } from './pattern.ts';
import { type Skeleton, skeleton } from './skeleton.ts';

interface NameFound {
  readonly merchant: Merchant;
  readonly method: 'pattern' | 'alias' | 'fuzzy';
  readonly probability: number;
  readonly length: number;
  readonly row: number;
  /** Characters of the row. */
  readonly start: number;
  readonly end: number;
}

/** Rows where a shop writes its name. */
const headerRows = 8;

/** The names and patterns of the catalogue that the rows hold. A name inside a longer one (`OXXO` in `OXXO GAS`) is not one of its own. */
export function matchNames(layout: Layout, catalog: MerchantCatalog, sellsFuel: boolean): Evidence[] {
  const found = layout.rows.flatMap((row) => namesIn(row, layout.rows.length, catalog));
  return found
    .filter((one) => !found.some((other) => holds(other, one)))
    .filter(({ merchant, length, row }) => sellsFuel || merchant.kind !== 'gas_station' || length > 7 || row < 2)
    .map(({ merchant: { id, name, kind, country }, method, probability }) => {
      return { id, name, kind, country, method, probability, taxId: null };
    });
}

function holds(longer: NameFound, shorter: NameFound): boolean {
  if (longer.merchant === shorter.merchant || longer.row !== shorter.row) return false;
  const isInside = longer.start <= shorter.start && longer.end >= shorter.end;
  return isInside && longer.length > shorter.length && longer.probability > shorter.probability - 0.2;
}

function namesIn(row: Row, rowCount: number, catalog: MerchantCatalog): NameFound[] {
  const bones = skeleton(row.text);
  const isEdge = row.index < headerRows || row.index >= rowCount - 4;
  return catalog.sieve(bones.text).flatMap((name) => nameIn(name, row.text, bones, row.index, isEdge));
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
  const place = { merchant, length, row, start, end };
  if (name.method === 'pattern') return [{ ...place, method: 'pattern', probability: 0.97 - noise }];
  if (!isEdge) return [];
  const short = length < 5 || !isWord ? 0.06 : 0;
  const probability = (isHeader ? 0.95 : 0.85) - short - noise;
  return [{ ...place, method: found.cost > 0 ? 'fuzzy' : 'alias', probability }];
}
