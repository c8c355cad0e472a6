import type { Clock } from '../domain/clock.ts';
import { type Priority, priorities } from './bus.ts';

/** What the consumers of one queue know about its lanes: which were empty a moment ago, and when something arrives. */
export interface LaneWatch {
  /** How often it has rung; taken before looking, so that what arrives meanwhile is not missed. */
  rings(): number;
  /** A message arrived in this lane, or may have arrived in any. */
  ring(lane?: Priority): void;
  isQuiet(lane: Priority): boolean;
  /** The lane was empty; ignored when it has rung since `rings`. */
  foundEmpty(lane: Priority, rings: number): void;
  /** Resolves at the next ring after `rings`, or after `ms`. */
  wait(rings: number, ms: number): Promise<void>;
}

/** `quietMs`: how long a lane found empty is not looked into unless it rings; bounds the delay of what other processes publish. */
export function createLaneWatch(clock: Clock, quietMs: number): LaneWatch {
  const quietUntil = new Map<Priority, number>();
  const sleepers = new Set<AbortController>();
  let count = 0;

  function ring(lane?: Priority): void {
    count += 1;
    for (const each of lane ? [lane] : priorities) quietUntil.delete(each);
    for (const sleeper of sleepers) sleeper.abort();
  }

  async function wait(rings: number, ms: number): Promise<void> {
    if (count !== rings) return;
    const sleeper = new AbortController();
    sleepers.add(sleeper);
    try {
      await clock.sleep(ms, sleeper.signal);
    } catch (error) {
      if (!sleeper.signal.aborted) throw error;
    } finally {
      sleepers.delete(sleeper);
    }
  }

  return {
    rings: () => count,
    ring,
    isQuiet: (lane) => (quietUntil.get(lane) ?? 0) > clock.now().getTime(),
    foundEmpty: (lane, rings) => {
      if (count === rings) quietUntil.set(lane, clock.now().getTime() + quietMs);
    },
    wait,
  };
}
