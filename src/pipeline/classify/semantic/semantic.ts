import type { Logger } from 'pino';
import type { Reading } from '../../../domain/reading.ts';
import type { GuardedCall } from '../../../resilience/guarded-call.ts';
import type { EmbeddingCache } from '../../../store/embeddings.ts';
import { type Layout, layoutOf } from '../../extract/layout.ts';
import type { Evidence } from '../evidence.ts';
import type { Merchant, MerchantCatalog } from '../merchants.ts';
import type { Embedder, TextRole } from './embedder.ts';

export interface SemanticDeps {
  embedder: Embedder;
  /** Bounds each call and stops calling while the provider is down. */
  guarded: GuardedCall;
  cache: EmbeddingCache;
  catalog: () => MerchantCatalog;
  log: Pick<Logger, 'warn'>;
}

/** What of a document is sent: its head and its end, where shops say who they are. */
const sentRows = { top: 8, bottom: 3 };
const mostSent = 600;
const mostSigns = 5;
/** No provider's numbers could be measured against truth yet, so that none makes a merchant sure by itself. */
const surest = 0.75;

/**
 * Signs of the merchant from an embedding service: how near the document's head lies to each merchant's description, in standard
 * deviations above the others, since models differ in what a cosine of theirs means. No sign when the service fails.
 */
export function createSemantic({ embedder, guarded, cache, catalog, log }: SemanticDeps) {
  let described: { catalog: MerchantCatalog; vectors: readonly Float32Array[] } | null = null;

  async function vectorsOf(texts: readonly string[], role: TextRole): Promise<Float32Array[]> {
    const keyOf = (text: string) => `${embedder.provider}:${embedder.model}:${role}:${text}`;
    const known = await cache.get(texts.map(keyOf));
    const missing = texts.filter((_, index) => !known[index]);
    const made = new Map<string, Float32Array>();
    for (let from = 0; from < missing.length; from += embedder.batchSize) {
      const batch = missing.slice(from, from + embedder.batchSize);
      const vectors = await guarded.run((signal) => embedder.embed(batch, role, signal));
      const units = vectors.map(toUnit);
      await cache.put(batch.map((text, index) => ({ key: keyOf(text), vector: units[index] ?? new Float32Array() })));
      for (const [index, text] of batch.entries()) made.set(text, units[index] ?? new Float32Array());
    }
    return texts.map((text, index) => known[index] ?? made.get(text) ?? new Float32Array());
  }

  async function descriptions(): Promise<readonly Float32Array[]> {
    const now = catalog();
    if (described?.catalog !== now) {
      described = { catalog: now, vectors: await vectorsOf(now.merchants.map(describe), 'document') };
    }
    return described.vectors;
  }

  return async function semantic(reading: Reading): Promise<Evidence[]> {
    try {
      const text = headOf(layoutOf(reading));
      const { merchants } = catalog();
      const vectors = await descriptions();
      const [query] = text === '' ? [] : await vectorsOf([text], 'query');
      return query
        ? signs(
            merchants,
            vectors.map((vector) => dot(vector, query)),
          )
        : [];
    } catch (err) {
      log.warn({ err, provider: embedder.provider }, 'embedding service gave no signs');
      return [];
    }
  };
}

function describe({ name, aliases, kind, country }: Merchant): string {
  return `${name} (${kind.replaceAll('_', ' ')}${country ? `, ${country}` : ''}): ${aliases.join(', ')}`;
}

function headOf({ rows }: Layout): string {
  const sent = rows.filter((_, index) => index < sentRows.top || index >= rows.length - sentRows.bottom);
  return sent
    .map(({ text }) => text)
    .join('\n')
    .slice(0, mostSent)
    .trim();
}

function signs(merchants: readonly Merchant[], cosines: readonly number[]): Evidence[] {
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / Math.max(1, cosines.length);
  const spread = Math.sqrt(
    cosines.reduce((sum, cosine) => sum + (cosine - mean) ** 2, 0) / Math.max(1, cosines.length),
  );
  return merchants
    .flatMap(({ id, name, kind, country }, index): Evidence[] => {
      const deviations = ((cosines[index] ?? 0) - mean) / Math.max(spread, 1e-6);
      const probability = Math.min(surest, 1 / (1 + Math.exp(-1.5 * (deviations - 4))));
      return [{ id, name, kind, country, taxId: null, method: 'semantic', probability }];
    })
    .filter(({ probability }) => probability >= 0.05)
    .sort((a, b) => b.probability - a.probability)
    .slice(0, mostSigns);
}

function toUnit(vector: readonly number[]): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return Float32Array.from(vector, (value) => value / (length || 1));
}

/** Of vectors of different lengths nothing: a model was changed under its name. */
function dot(a: Float32Array, b: Float32Array): number {
  return a.length === b.length ? a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0) : 0;
}
