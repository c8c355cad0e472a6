import type { Clock } from '../domain/clock.ts';
import { Failure } from '../domain/failure.ts';

export interface RateLimit {
  /** How many may come at once after a pause. */
  burst: number;
  /** How many a second are given back. */
  perSecond: number;
}

/** Most keys remembered at once; the one idle longest is forgotten first, which only ever gives it a full bucket. */
const maxKeys = 10_000;

/**
 * A token bucket per key. The returned function takes one token.
 * @throws {Failure} `too-many-requests` when the key's bucket is empty.
 */
export function createRateLimiter(limit: RateLimit, clock: Pick<Clock, 'now'>): (key: string) => void {
  const buckets = new Map<string, { tokens: number; at: number }>();

  return function take(key) {
    const now = clock.now().getTime();
    const before = buckets.get(key) ?? { tokens: limit.burst, at: now };
    const regained = ((now - before.at) / 1000) * limit.perSecond;
    const tokens = Math.min(limit.burst, before.tokens + regained) - 1;
    buckets.delete(key);
    buckets.set(key, { tokens: Math.max(tokens, 0), at: now });
    forgetOldest();
    if (tokens < 0) throw new Failure('too-many-requests', 'ask', 'rate limit reached');
  };

  function forgetOldest(): void {
    const [oldest] = buckets.keys();
    if (buckets.size > maxKeys && oldest !== undefined) buckets.delete(oldest);
  }
}
