/**
 * Whose a text is: ours beside fuse.js, a plain fuzzy search over the same names, on made-up receipts with known merchants at several
 * rates of recognition errors. Right, wrong, and texts a minute and core (processor time).
 *
 *   node bench/classify.ts [--json]
 */
import Fuse from 'fuse.js';
import type { MerchantMatch } from '../src/domain/document.ts';
import { classify } from '../src/pipeline/classify/classify.ts';
import { fuelSigns } from '../src/pipeline/classify/fuel.ts';
import { matchMerchants } from '../src/pipeline/classify/match.ts';
import { loadMerchants } from '../src/pipeline/classify/merchants.ts';
import { layoutOf } from '../src/pipeline/extract/layout.ts';
import { readingFromText } from '../src/pipeline/extract/reading-from-text.ts';
import { createRandom, type MadeText, madeText } from './classify/texts.ts';

type Classifier = (text: string) => { name: string | null; probability: number };

const count = 120;
const catalog = await loadMerchants(new URL('../config/merchants', import.meta.url).pathname);
const named = new Map(catalog.merchants.map(({ id, name }) => [id, name]));
const entries = catalog.merchants.flatMap(({ name, aliases }) => aliases.map((alias) => ({ name, alias })));
const fuse = new Fuse(entries, { keys: ['alias'], includeScore: true, ignoreLocation: true, ignoreDiacritics: true });

const classifiers: Readonly<Record<string, Classifier>> = {
  'ours, the merchant': (text) => {
    const layout = layoutOf(readingFromText(text));
    const [best] = matchMerchants(layout, catalog, fuelSigns(layout));
    return best && best.probability >= 0.65 ? best : { name: null, probability: 0 };
  },
  'ours, kind and merchant': (text) => nameOf(classify(readingFromText(text), catalog).merchant),
  'fuse.js on each of the first eight rows': (text) => {
    const found = text
      .split('\n')
      .slice(0, 8)
      .flatMap((row) => fuse.search(row.slice(0, 32), { limit: 1 }));
    const [best] = found.sort((a, b) => (a.score ?? 1) - (b.score ?? 1));
    return best && (best.score ?? 1) < 0.35 ? { name: best.item.name, probability: 1 } : { name: null, probability: 0 };
  },
};

const rows = [0, 0.1, 0.2].flatMap((damage) => {
  const random = createRandom(77);
  const texts = Array.from({ length: count }, () => madeText(random, catalog.merchants, damage));
  return Object.entries(classifiers).map(([who, say]) => ({ damage, who, ...measure(texts, say) }));
});
if (process.argv.includes('--json')) console.log(JSON.stringify(rows));
else console.table(rows);

function nameOf(merchant: MerchantMatch | null) {
  return { name: merchant?.id ? merchant.name : null, probability: merchant?.confidence ?? 0 };
}

function measure(texts: readonly MadeText[], say: Classifier) {
  for (const { text } of texts.slice(0, 40)) say(text);
  const began = process.cpuUsage();
  const answers = texts.map(({ text }) => say(text));
  const { user, system } = process.cpuUsage(began);
  const known = texts.flatMap(({ merchantId }, index) =>
    merchantId === null ? [] : [{ merchantId, said: answers[index]?.name }],
  );
  const right = known.filter(({ merchantId, said }) => said === named.get(merchantId)).length;
  const wrong = texts.filter(({ merchantId }, index) => {
    const said = answers[index]?.name ?? null;
    return said !== null && said !== (merchantId === null ? null : named.get(merchantId));
  }).length;
  return {
    'known, right %': Math.round((right / known.length) * 1_000) / 10,
    'wrong % of all': Math.round((wrong / texts.length) * 1_000) / 10,
    'texts/min/core': Math.round((texts.length / (user + system)) * 60_000_000),
  };
}
