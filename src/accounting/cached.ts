import type { AccountingCache, CacheKind } from '../store/accounting-cache.ts';

/** Counts since the process began, per kind; the names are those of seed 2. */
export interface CacheCounts {
  hits: number;
  misses: number;
  invalidations: number;
  errors: number;
}

export interface CacheMetrics {
  hit_rate: number;
  memory_usage_mb: number;
  avg_ttl_seconds: number;
  hits: number;
  misses: number;
  invalidations: number;
  errors: number;
  kinds: Record<CacheKind, CacheCounts & { hit_rate: number; entries: number }>;
}

const kinds: readonly CacheKind[] = ['contacts', 'items', 'accounts'];

/** Remembers what outside books were asked, for as long as its kind may be remembered, and counts how well that goes. */
export interface Cached {
  /** What is remembered, else what `ask` finds; a null is remembered too, so that what is not there is not asked for again and again. */
  get<T>(at: CacheKey, ask: () => Promise<Asked<T>>): Promise<T>;
  /** Puts what is known for sure, such as what was just written. */
  put(at: CacheKey, value: unknown, refs: string[], ttlMs?: number): Promise<void>;
  peek(at: CacheKey): Promise<unknown>;
  invalidateId(companyId: string, kind: CacheKind, id: string): Promise<number>;
  invalidatePattern(companyId: string, kind: CacheKind, pattern: string): Promise<number>;
  metrics(): Promise<CacheMetrics>;
  reset(): void;
}

/** What was found; `ttlMs` where it may be remembered longer or shorter than its kind. */
export interface Asked<T> {
  value: T;
  refs: string[];
  ttlMs?: number;
}

export interface CacheKey {
  companyId: string;
  kind: CacheKind;
  key: string;
}

export function createCached(cache: AccountingCache, ttlMs: Readonly<Record<CacheKind, number>>): Cached {
  let counts = zero();

  async function read({ companyId, kind, key }: CacheKey) {
    try {
      return await cache.get(companyId, kind, key);
    } catch (error) {
      counts[kind].errors += 1;
      throw error;
    }
  }

  function counted(kind: CacheKind, dropped: number): number {
    counts[kind].invalidations += dropped;
    return dropped;
  }

  async function put({ companyId, kind, key }: CacheKey, value: unknown, refs: string[], forMs = ttlMs[kind]) {
    await cache.set(companyId, kind, key, { value, refs }, forMs);
  }

  return {
    get: async <T>(at: CacheKey, ask: () => Promise<Asked<T>>) => {
      const known = await read(at);
      counts[at.kind][known ? 'hits' : 'misses'] += 1;
      if (known) return known.value as T; // only `put` below writes this key, with what `ask` gave
      const { value, refs, ttlMs: forMs } = await ask();
      await put(at, value, refs, forMs);
      return value;
    },
    put,
    peek: async (at) => {
      const known = await read(at);
      counts[at.kind][known ? 'hits' : 'misses'] += 1;
      return known?.value ?? null;
    },
    invalidateId: async (companyId, kind, id) => counted(kind, await cache.dropRef(companyId, kind, id)),
    invalidatePattern: async (companyId, kind, pattern) => {
      return counted(kind, await cache.dropPattern(companyId, kind, pattern));
    },
    metrics: async () => toMetrics(counts, await cache.sizes()),
    reset: () => {
      counts = zero();
    },
  };
}

function zero(): Record<CacheKind, CacheCounts> {
  const none = () => ({ hits: 0, misses: 0, invalidations: 0, errors: 0 });
  return { contacts: none(), items: none(), accounts: none() };
}

function toMetrics(
  counts: Record<CacheKind, CacheCounts>,
  sizes: Awaited<ReturnType<AccountingCache['sizes']>>,
): CacheMetrics {
  const sum = (name: keyof CacheCounts) => kinds.reduce((total, kind) => total + counts[kind][name], 0);
  const [entries, bytes] = [
    sizes.reduce((all, one) => all + one.entries, 0),
    sizes.reduce((all, one) => all + one.bytes, 0),
  ];
  const ttlMs = sizes.reduce((all, one) => all + one.meanTtlMs * one.entries, 0) / Math.max(1, entries);
  const ofKind = (kind: CacheKind) => {
    const { hits, misses } = counts[kind];
    const size = sizes.find((one) => one.kind === kind);
    return { ...counts[kind], hit_rate: rate(hits, misses), entries: size?.entries ?? 0 };
  };
  return {
    hit_rate: rate(sum('hits'), sum('misses')),
    memory_usage_mb: Math.round((bytes / 1_048_576) * 1_000) / 1_000,
    avg_ttl_seconds: Math.round(ttlMs / 1_000),
    ...{ hits: sum('hits'), misses: sum('misses'), invalidations: sum('invalidations'), errors: sum('errors') },
    kinds: { contacts: ofKind('contacts'), items: ofKind('items'), accounts: ofKind('accounts') },
  };
}

/** In percent, with one decimal; 0 where nothing was asked. */
function rate(hits: number, misses: number): number {
  return hits + misses === 0 ? 0 : Math.round((hits / (hits + misses)) * 1_000) / 10;
}
