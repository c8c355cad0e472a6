import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
  isTaskCancelledError,
  TimeoutStrategy,
  timeout,
} from 'cockatiel';
import { Failure } from '../domain/failure.ts';
import type { ProviderMeter } from './provider-metrics.ts';

export interface GuardedCallOptions {
  /** The name under which the calls are counted, e.g. `google_vision`, `sat`. */
  provider: string;
  /** For one call from beginning to end. */
  timeoutMs: number;
  /** Outages one after the other that open the breaker. Default 5. */
  outagesToOpen?: number;
  /** How long an open breaker refuses before one call may try again. Default 30 000 ms. */
  openMs?: number;
  /** Whether what was thrown is the provider's outage (default: always) or its answer, which does not count: a document refused, not found. */
  isOutage?: (error: unknown) => boolean;
  meter?: ProviderMeter;
}

export interface GuardedCall {
  /**
   * Makes the call unless the breaker is open. Throws Failure `provider-unavailable` (retry) when it is open or when the time is up,
   * the outer signal's reason when that aborts, else what the call throws.
   */
  run<T>(call: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
  state(): 'closed' | 'open' | 'half-open';
}

class AbandonedCall extends Error {}

/** Calls to one outside provider: each bounded in time, counted, and not made while the provider is known to be down. One for each provider and process. */
export function createGuardedCall(options: GuardedCallOptions): GuardedCall {
  const { provider, timeoutMs, outagesToOpen = 5, openMs = 30_000, isOutage = () => true, meter } = options;
  // A call that somebody gave up says nothing about the provider, unless it was the one that was to find out.
  const counts = (error: unknown) =>
    error instanceof AbandonedCall ? breaker.state === CircuitState.HalfOpen : isOutage(error);
  const breaker: CircuitBreakerPolicy = circuitBreaker(handleWhen(counts), {
    halfOpenAfter: openMs,
    breaker: new ConsecutiveBreaker(outagesToOpen),
  });
  const limit = timeout(timeoutMs, TimeoutStrategy.Aggressive);

  async function once<T>(call: (signal: AbortSignal) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const began = performance.now();
    let isSuccess = false;
    try {
      const answer = await limit.execute((context) => call(context.signal), signal);
      isSuccess = true;
      return answer;
    } catch (error) {
      if (signal?.aborted) throw new AbandonedCall(`${provider}: given up`);
      if (!isTaskCancelledError(error)) throw error;
      throw unavailable(`${provider} did not answer within ${timeoutMs} ms`, error);
    } finally {
      if (!signal?.aborted) meter?.request(provider, performance.now() - began, isSuccess);
    }
  }

  return {
    run: async (call, signal) => {
      signal?.throwIfAborted();
      try {
        return await breaker.execute(() => once(call, signal));
      } catch (error) {
        if (error instanceof AbandonedCall) signal?.throwIfAborted();
        if (!isBrokenCircuitError(error)) throw error;
        meter?.refused(provider);
        throw unavailable(`${provider} failed ${outagesToOpen} times, not called for ${openMs} ms`, error);
      }
    },
    state: () => stateName(breaker.state),
  };
}

function stateName(state: CircuitState): 'closed' | 'open' | 'half-open' {
  if (state === CircuitState.Closed) return 'closed';
  return state === CircuitState.HalfOpen ? 'half-open' : 'open';
}

function unavailable(message: string, cause: unknown): Failure {
  return new Failure('provider-unavailable', 'retry', message, { cause });
}
