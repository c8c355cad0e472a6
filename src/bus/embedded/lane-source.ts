import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import { withDatabaseRetry } from '../../store/database-retry.ts';
import { type Priority, priorities } from '../bus.ts';
import type { BusLog, Claim, LaneSource } from '../consumer.ts';
import type { Outcome } from '../outcome.ts';
import { available, type Messages, type StoredMessage, toMessage } from './stored-message.ts';

export interface LaneSourceParts {
  queue: string;
  messages: () => Messages;
  clock: Clock;
  log: BusLog;
  /** How long a claim holds without being renewed, in ms. */
  leaseMs: number;
}

export function createLaneSource(parts: LaneSourceParts): LaneSource {
  const { queue, messages, clock, log, leaseMs } = parts;

  function leaseEnd(): Date {
    return new Date(clock.now().getTime() + leaseMs);
  }

  async function claim(lane: Priority): Promise<Claim | null> {
    for (;;) {
      const holder = randomUUID();
      const stored = await messages().findOneAndUpdate(
        available(queue, lane, clock.now()),
        { $set: { holder, availableAt: leaseEnd() }, $inc: { attempt: 1 } },
        { sort: { availableAt: 1 }, returnDocument: 'before' },
      );
      if (!stored) return null;
      const held = hold(stored, holder);
      if (held) return held;
      await settle(stored._id, holder, { kind: 'dead', reason: 'internal: not a message of ours' });
    }
  }

  function hold(stored: StoredMessage, holder: string): Claim | null {
    const message = toMessage(stored);
    if (!message) return null;
    const lost = new AbortController();
    const released = new AbortController();
    void renew(stored._id, holder, lost, released.signal);
    return {
      message,
      attempt: stored.attempt + 1,
      isSuspect: stored.holder !== null,
      lost: lost.signal,
      settle: async (outcome) => {
        await settle(stored._id, holder, outcome);
        released.abort();
      },
    };
  }

  async function renew(_id: string, holder: string, lost: AbortController, released: AbortSignal): Promise<void> {
    while (!released.aborted && !lost.signal.aborted) {
      try {
        await clock.sleep(leaseMs / 3, released);
        const { matchedCount } = await messages().updateOne({ _id, holder }, { $set: { availableAt: leaseEnd() } });
        if (matchedCount === 0 && !released.aborted) lost.abort();
      } catch (error) {
        if (!released.aborted) log.warn({ queue, err: error }, 'lease not renewed');
      }
    }
  }

  /** Only the holder can settle: once the lease was lost to another, this changes nothing. */
  async function settle(_id: string, holder: string, outcome: Outcome): Promise<void> {
    try {
      await withDatabaseRetry(() => write(_id, holder, outcome), { timeoutMs: 2 * leaseMs });
    } catch (error) {
      log.error({ queue, err: error, outcome: outcome.kind }, 'outcome not kept, the message comes again');
    }
  }

  async function write(_id: string, holder: string, outcome: Outcome): Promise<void> {
    const now = clock.now();
    if (outcome.kind === 'done') {
      await messages().deleteOne({ _id, holder });
    } else if (outcome.kind === 'retry') {
      const availableAt = new Date(now.getTime() + outcome.delayMs);
      await messages().updateOne({ _id, holder }, { $set: { holder: null, availableAt } });
    } else {
      const dead = { state: 'dead' as const, holder: null, reason: outcome.reason, deadAt: now };
      await messages().updateOne({ _id, holder }, { $set: dead });
    }
  }

  async function hasWork(): Promise<boolean> {
    const anyLane = { ...available(queue, 'LOW', clock.now()), priority: { $in: [...priorities] } };
    return (await messages().findOne(anyLane, { projection: { _id: 1 } })) !== null;
  }

  return { claim, hasWork };
}
