/** What calls to one outside provider came to, since the process began. */
export interface ProviderMetrics {
  provider: string;
  requests: number;
  failures: number;
  /** Calls that were not made because the breaker was open. */
  refused: number;
  /** Answers that were at hand already. */
  cacheHits: number;
  /** Of all requests together, and of the slowest. */
  totalMs: number;
  maxMs: number;
}

/** Counts per provider, shared by all that call outside; read by whoever shows metrics. */
export interface ProviderMeter {
  request(provider: string, ms: number, isSuccess: boolean): void;
  refused(provider: string): void;
  cacheHit(provider: string): void;
  /** A copy, sorted by provider. */
  snapshot(): ProviderMetrics[];
}

export function createProviderMeter(): ProviderMeter {
  const metrics = new Map<string, ProviderMetrics>();

  function of(provider: string): ProviderMetrics {
    const found = metrics.get(provider) ?? zero(provider);
    metrics.set(provider, found);
    return found;
  }

  return {
    request(provider, ms, isSuccess) {
      const counted = of(provider);
      counted.requests += 1;
      if (!isSuccess) counted.failures += 1;
      counted.totalMs += ms;
      counted.maxMs = Math.max(counted.maxMs, ms);
    },
    refused: (provider) => {
      of(provider).refused += 1;
    },
    cacheHit: (provider) => {
      of(provider).cacheHits += 1;
    },
    snapshot: () =>
      [...metrics.values()].map((counted) => ({ ...counted })).sort((a, b) => (a.provider < b.provider ? -1 : 1)),
  };
}

function zero(provider: string): ProviderMetrics {
  return { provider, requests: 0, failures: 0, refused: 0, cacheHits: 0, totalMs: 0, maxMs: 0 };
}
