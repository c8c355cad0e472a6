import type { Clock } from '../../src/domain/clock.ts';

export interface ManualClock extends Clock {
  /** Moves time on and wakes whoever slept until then. */
  advance(ms: number): void;
}

/** A clock that stands still until the test moves it. */
export function manualClock(start = '2026-01-15T12:00:00Z'): ManualClock {
  let now = Date.parse(start);
  const sleepers = new Set<{ until: number; wake: () => void }>();
  return {
    now: () => new Date(now),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const sleeper = { until: now + ms, wake: resolve };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      return promise.finally(() => sleepers.delete(sleeper));
    },
    advance: (ms) => {
      now += ms;
      for (const sleeper of sleepers) if (sleeper.until <= now) sleeper.wake();
    },
  };
}
