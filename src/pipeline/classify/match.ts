import type { Layout } from '../extract/layout.ts';
import { type Evidence, rank } from './evidence.ts';
import { type FuelSigns, fitsFuel } from './fuel.ts';
import { matchLexically } from './match-lexically.ts';
import { matchNames } from './match-names.ts';
import type { Merchant, MerchantCatalog } from './merchants.ts';
import { findTaxIds } from './tax-id-search.ts';

export interface MatchOptions {
  /** Signs that are not printed: what people taught, what an embedding service says. */
  readonly more?: readonly Evidence[];
  /** The document's country; asked where chains of one name differ in it only. */
  readonly countryOf?: (layout: Layout) => string | null;
}

/** The catalogue's merchants that a document may be of, likeliest first, from all that it shows and `more`. */
export function matchMerchants(
  layout: Layout,
  catalog: MerchantCatalog,
  fuel: FuelSigns,
  { more = [], countryOf = () => null }: MatchOptions = {},
): Evidence[] {
  const country = lazily(() => countryOf(layout));
  const byTaxId = matchTaxId(layout, catalog);
  const names = matchNames(layout, catalog, fuel.sellsFuel);
  const isNamed = names.some(({ probability }) => probability > 0.9) || byTaxId.length > 0;
  const lexical = isNamed ? [] : matchLexically(layout, catalog, fuel.sellsFuel).map(inItsCountry(country));
  const fitting = [...byTaxId, ...names, ...lexical, ...more].filter(({ kind }) => fitsFuel(fuel, kind));
  return rank(fitting, country);
}

/** Log-odds that a merely similar name gains in the chain's own country, and loses in another one. */
const countryCounts = { same: 0.7, other: -2 };

function inItsCountry(countryOf: () => string | null): (sign: Evidence) => Evidence {
  return (sign) => {
    const country = sign.probability < 0.1 || sign.country === null ? null : countryOf();
    if (country === null) return sign;
    const odds = sign.probability / (1 - sign.probability);
    const changed = odds * Math.exp(country === sign.country ? countryCounts.same : countryCounts.other);
    return { ...sign, probability: changed / (1 + changed) };
  };
}

function lazily(find: () => string | null): () => string | null {
  let found: { country: string | null } | undefined;
  return () => {
    found ??= { country: find() };
    return found.country;
  };
}

/** The first tax id that the catalogue knows. */
function matchTaxId(layout: Layout, catalog: MerchantCatalog): Evidence[] {
  for (const row of layout.rows) {
    for (const { compact, isValid } of findTaxIds(row.text)) {
      const merchant = catalog.byTaxId.get(compact);
      if (merchant) return [signOf(merchant, compact, 0.998)];
      const near = isValid ? null : nearestTaxId(compact, catalog);
      if (near) return [signOf(near.merchant, near.id, 0.92)];
    }
  }
  return [];
}

function signOf({ id, name, kind, country }: Merchant, taxId: string, probability: number): Evidence {
  return { id, name, kind, country, taxId, method: 'tax_id', probability };
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
