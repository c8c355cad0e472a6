import type { Clock } from '../../domain/clock.ts';
import { withDatabaseRetry, withinTimeLimit } from '../../store/database-retry.ts';
import type { BusLog } from '../claim.ts';
import type { Outcome } from '../outcome.ts';
import type { Messages } from './stored-message.ts';

export interface LeaseParts {
  queue: string;
  messages: () => Messages;
  clock: Clock;
  log: BusLog;
  /** How long a claim holds without being renewed, in ms. */
  leaseMs: number;
}

/** The hold on one claimed message. */
export interface Lease {
  /** Aborts when another holder has it. */
  lost: AbortSignal;
  /** Ends the lease with the outcome, repeating while the database is away. Without effect once the lease was lost. */
  settle(outcome: Outcome): Promise<void>;
}

export function leaseEnd(clock: Clock, leaseMs: number): Date {
  return new Date(clock.now().getTime() + leaseMs);
}

/** Keeps a claimed message away from others, renewing it at every third of its length, until it is settled. */
export function holdLease(parts: LeaseParts, _id: string, holder: string): Lease {
  const { queue, messages, clock, log, leaseMs } = parts;
  const lost = new AbortController();
  const released = new AbortController();
  void renewUntilReleased();

  async function renewUntilReleased(): Promise<void> {
    while (!released.signal.aborted && !lost.signal.aborted) {
      try {
        await clock.sleep(leaseMs / 3, released.signal);
        const until = { $set: { availableAt: leaseEnd(clock, leaseMs) } };
        const { matchedCount } = await withinTimeLimit(() => messages().updateOne({ _id, holder }, until));
        if (matchedCount === 0) lost.abort();
      } catch (error) {
        if (!released.signal.aborted) log.warn({ queue, err: error }, 'lease not renewed');
      }
    }
  }

  async function settle(outcome: Outcome): Promise<void> {
    try {
      await withDatabaseRetry(() => write(messages(), { _id, holder }, outcome, clock.now()), {
        timeoutMs: 2 * leaseMs,
      });
    } catch (error) {
      log.error({ queue, err: error, outcome: outcome.kind }, 'outcome not kept, the message comes again');
    }
    released.abort();
  }

  return { lost: lost.signal, settle };
}

async function write(messages: Messages, held: { _id: string; holder: string }, outcome: Outcome, now: Date) {
  if (outcome.kind === 'done') return messages.deleteOne(held);
  if (outcome.kind === 'dead') {
    const dead = { state: 'dead' as const, holder: null, reason: outcome.reason, deadAt: now };
    return messages.updateOne(held, { $set: dead });
  }
  const availableAt = new Date(now.getTime() + outcome.delayMs);
  return messages.updateOne(held, { $set: { holder: null, availableAt } });
}
