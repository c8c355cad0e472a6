import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import type { Mailbox, Mailboxes } from '../../store/mailboxes.ts';
import { refusalOf } from './google/google-error.ts';
import type { Session } from './google/mailbox-session.ts';

/** A watch ends after seven days without a word, so Gmail's guide wants it renewed daily (developers.google.com/workspace/gmail/api/guides/push, 2026-06). */
const dayMs = 24 * 60 * 60_000;

export interface WatchDeps {
  topic: string | null;
  mailboxes: Pick<Mailboxes, 'change'>;
  clock: Clock;
  log: Logger;
}

/** Sees to it that Gmail tells of new mail, where a topic is set. Whatever comes of it, mailboxes are asked too. */
export function createWatch({ topic, mailboxes, clock, log }: WatchDeps) {
  return async function keepWatch(session: Session, { address, watchUntil }: Mailbox): Promise<void> {
    const now = clock.now().getTime();
    if (topic === null || (watchUntil !== null && watchUntil.getTime() > now)) return;
    let renewInMs = dayMs;
    try {
      const { expiration } = await session.call((api) => api.watch(topic));
      // A server that gives less than two days is asked when half of it is over.
      renewInMs = Math.min(dayMs, Math.max(60_000, (Number(expiration) - now) / 2));
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === null || refusal === 'limited' || refusal === 'revoked') throw error;
      log.error(
        { err: error, topic },
        'Gmail cannot be watched: check the topic and its rights; mailboxes are asked instead',
      );
    }
    await mailboxes.change(address, { watchUntil: new Date(now + renewInMs) });
  };
}
