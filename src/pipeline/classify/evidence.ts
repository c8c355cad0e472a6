import type { Merchant } from './merchants.ts';

/** Ways to know a merchant that can be right or wrong independently of each other. */
const groups = {
  tax_id: 'id',
  pattern: 'name',
  alias: 'name',
  fuzzy: 'name',
  lexical: 'name',
  learned: 'learned',
  semantic: 'semantic',
} as const;
export type Method = keyof typeof groups;

/** One sign that a document is of a merchant. */
export interface Evidence {
  /** Null for a shop outside of the catalogue that people named. */
  readonly id: string | null;
  readonly name: string;
  readonly kind: Merchant['kind'] | null;
  readonly taxId: string | null;
  readonly method: Method;
  /** ISO 3166-1 alpha-2; null for chains of many countries, and where it is not known. */
  readonly country: string | null;
  /** Calibrated on this sign alone. */
  readonly probability: number;
}

/** What a second, independent sign adds, as a share of its log-odds: signs of one print are never quite independent. */
const secondSign = 0.5;
/** A bank's name also stands on the card slip of every shop: as log-odds that it then loses to any shop. */
const bankOnSlip = 3;
const surest = 0.99;

/**
 * All signs together: for each merchant the log-odds of its signs, then a soft-max over the merchants and "none of these". One sign
 * alone keeps its own probability; two merchants with equal signs get less than half each, and a person is asked.
 */
export function rank(evidence: readonly Evidence[], countryOf: () => string | null): Evidence[] {
  return withSiblings(scoreAll(evidence), countryOf);
}

/**
 * Chains of one name in two countries (Jumbo, Carrefour, DIA): the name is as sure as both together; which of them it is, the
 * document's country says. Where it does not, no tax id is given.
 */
function withSiblings(ranked: readonly Evidence[], countryOf: () => string | null): Evidence[] {
  const [best] = ranked;
  const siblings = ranked.filter(({ name }) => name === best?.name);
  if (!best || siblings.length < 2) return [...ranked];
  const probability = Math.min(
    surest,
    siblings.reduce((sum, one) => sum + one.probability, 0),
  );
  const country = countryOf();
  const chosen = siblings.find((one) => one.country === country) ?? best;
  return [{ ...chosen, probability }, ...ranked.filter(({ name }) => name !== best.name)];
}

function scoreAll(evidence: readonly Evidence[]): Evidence[] {
  const byMerchant = [...Map.groupBy(evidence, ({ id, name }) => id ?? `name:${name}`).values()];
  const hasShop = evidence.some(({ kind, probability }) => kind !== 'bank' && probability > 0.5);
  const scored = byMerchant.map((signs) => {
    const [best = noSign, ...others] = [...signs].sort((a, b) => b.probability - a.probability);
    const loss = best.kind === 'bank' && hasShop ? bankOnSlip : 0;
    const taxId = signs.find((sign) => sign.taxId !== null)?.taxId ?? null;
    return { best: { ...best, taxId }, odds: Math.exp(logOdds(best) + support(best, others) - loss) };
  });
  const all = scored.reduce((sum, { odds }) => sum + odds, 1);
  return scored
    .map(({ best, odds }) => ({ ...best, probability: Math.min(surest, odds / all) }))
    .sort((a, b) => b.probability - a.probability);
}

const noSign: Evidence = {
  ...{ id: null, name: '', kind: null, country: null, taxId: null },
  ...{ method: 'lexical', probability: 0 },
};

/** The strongest sign of each other group, where it speaks for the merchant. */
function support(best: Evidence, others: readonly Evidence[]): number {
  const byGroup = Map.groupBy(others, ({ method }) => groups[method]);
  byGroup.delete(groups[best.method]);
  return [...byGroup.values()].reduce((sum, [first]) => sum + secondSign * Math.max(0, first ? logOdds(first) : 0), 0);
}

function logOdds({ probability }: Evidence): number {
  const p = Math.min(0.9999, Math.max(1e-6, probability));
  return Math.log(p / (1 - p));
}
