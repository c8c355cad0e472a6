import type { Priority } from './bus.ts';
import type { BusLog, Claim, LaneSource } from './claim.ts';
import type { LaneWatch } from './lane-watch.ts';
import { laneOrder } from './lanes.ts';

export interface ClaimerParts {
  queue: string;
  source: LaneSource;
  watch: LaneWatch;
  log: BusLog;
}

/** Takes the next message of a queue, the lanes weighed; null when nothing waits, or while the database or broker is away. */
export function createClaimer({ queue, source, watch, log }: ClaimerParts): () => Promise<Claim | null> {
  let turn = 0;
  let isAway = false;

  async function claimFrom(lane: Priority): Promise<Claim | null> {
    if (watch.isQuiet(lane)) return null;
    const rings = watch.rings();
    const claim = await source.claim(lane);
    if (!claim) watch.foundEmpty(lane, rings);
    return claim;
  }

  async function lookAgain(lanes: readonly Priority[]): Promise<void> {
    const rings = watch.rings();
    if (await source.hasWork()) watch.ring();
    else for (const lane of lanes) watch.foundEmpty(lane, rings);
  }

  async function claim(): Promise<Claim | null> {
    const order = laneOrder(turn);
    if (order.every(watch.isQuiet)) await lookAgain(order);
    for (const lane of order) {
      const claimed = await claimFrom(lane);
      if (!claimed) continue;
      turn += 1;
      return claimed;
    }
    return null;
  }

  function note(error?: unknown): void {
    if (error && !isAway) log.warn({ queue, err: error }, 'bus away, consumer waits');
    if (!error && isAway) log.info({ queue }, 'bus back, consumer goes on');
    isAway = error !== undefined;
  }

  return async () => {
    try {
      const claimed = await claim();
      note();
      return claimed;
    } catch (error) {
      note(error);
      return null;
    }
  };
}
