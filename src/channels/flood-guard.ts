import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import type { Language } from '../domain/language.ts';
import { createRateLimiter } from '../http/rate-limit.ts';
import type { ChannelUpdates, Update } from '../store/channel-updates.ts';

/** A person sends a year's receipts at once, but does not talk faster than they type. */
const limits = {
  document: { burst: 2_000, perSecond: 1 },
  talk: { burst: 40, perSecond: 0.5 },
  /** Of the polite answer. */
  told: { burst: 1, perSecond: 1 / 600 },
};

export interface FloodGuardDeps {
  updates: Pick<ChannelUpdates, 'finishAll'>;
  /** Says, politely, that it was too much. */
  tell(update: Update, language: Language): Promise<void>;
  clock: Clock;
  log: Logger;
}

/** Whoever sends more than can be meant gets one answer, and the rest of what waits is put aside without being worked on. */
export function createFloodGuard({ updates, tell, clock, log }: FloodGuardDeps) {
  const take = {
    document: createRateLimiter(limits.document, clock),
    talk: createRateLimiter(limits.talk, clock),
    sealed: () => undefined,
  };
  const takeWord = createRateLimiter(limits.told, clock);

  /** False when the update is not to be worked on. A repeated attempt does not count again. */
  return async function isWithin(update: Update, language: Language): Promise<boolean> {
    if (update.attempts > 1 || isAllowed(take[update.lane], update.sender)) return true;
    const putAside = await updates.finishAll(update, 'too many', clock.now());
    log.warn({ putAside, lane: update.lane }, 'a sender is too fast');
    if (isAllowed(takeWord, update.sender)) await tell(update, language);
    return false;
  };
}

function isAllowed(take: (key: string) => void, key: string): boolean {
  try {
    take(key);
    return true;
  } catch {
    return false;
  }
}
