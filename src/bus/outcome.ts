import { toFailure } from '../domain/failure.ts';
import { type Delivery, type Handler, type RetryPolicy, retryDelayMs } from './bus.ts';

/** What becomes of a message after one delivery: the table of `bus.ts`, decided here for both buses. */
export type Outcome =
  | { kind: 'done' }
  | { kind: 'retry'; delayMs: number; reason: string }
  | { kind: 'dead'; reason: string };

/** Longest reason kept with a dead letter, in characters. */
const maxReasonLength = 1_000;

export async function handle(
  handler: Handler,
  delivery: Delivery,
  signal: AbortSignal,
  policy: RetryPolicy,
): Promise<Outcome> {
  try {
    await handler(delivery, signal);
    return { kind: 'done' };
  } catch (error) {
    const { code, message, recovery } = toFailure(error);
    const reason = `${code}: ${message}`.slice(0, maxReasonLength);
    if (recovery !== 'retry' || delivery.isLastAttempt) return { kind: 'dead', reason };
    return { kind: 'retry', delayMs: retryDelayMs(policy, delivery.attempt), reason };
  }
}

/** A message whose process died at every attempt is taken out of the way, or it would kill workers for ever. */
export function poisonous(deliveries: number): Outcome {
  return { kind: 'dead', reason: `internal: the process handling it ended ${deliveries} times` };
}
