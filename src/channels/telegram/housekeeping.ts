import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import type { ChannelUpdates } from '../../store/channel-updates.ts';
import type { ChatCards } from '../../store/chat-cards.ts';
import type { Answers } from './answers.ts';
import type { Follower } from './follower.ts';
import type { Painter } from './painter.ts';
import { channelName } from './settings.ts';

const overdueEveryMs = 10_000;
/** One sweep in so many rounds: once an hour. */
const roundsPerSweep = 360;
/** Documents that came before a restart are followed on when they are younger than this. */
const followedMs = 15 * 60_000;
const followedAtOnce = 50;

export interface HousekeepingDeps {
  updates: Pick<ChannelUpdates, 'sweep'>;
  cards: Pick<ChatCards, 'sweep' | 'open'>;
  answers: Pick<Answers, 'showOverdue'>;
  follower: Pick<Follower, 'watch'>;
  painter: Pick<Painter, 'paint'>;
  account: string;
  clock: Clock;
  log: Logger;
}

/** Takes up what an earlier process left, shows what was not shown, forgets what has expired. */
export function createHousekeeping(deps: HousekeepingDeps) {
  const { updates, cards, answers, follower, painter, account, clock, log } = deps;

  async function takeUp(): Promise<void> {
    const since = new Date(clock.now().getTime() - followedMs);
    for (const card of await cards.open(channelName, account, since, followedAtOnce)) {
      follower.watch(card);
      if (card.messageId === null) await painter.paint(card.id);
    }
  }

  async function round(number: number): Promise<void> {
    if (number === 0) await takeUp();
    await answers.showOverdue(channelName);
    if (number % roundsPerSweep !== 0) return;
    const forgotten = { updates: await updates.sweep(clock.now()), cards: await cards.sweep(clock.now()) };
    log.debug(forgotten, 'expired updates and cards forgotten');
  }

  return async function keepHouse(signal: AbortSignal): Promise<void> {
    for (let number = 0; !signal.aborted; number += 1) {
      await round(number).catch((error: unknown) => log.warn({ err: error }, 'housekeeping failed; it comes again'));
      await clock.sleep(overdueEveryMs, signal).catch(() => undefined);
    }
  };
}
