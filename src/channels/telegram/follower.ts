import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import { isFinal, type Stage } from '../../domain/stage.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Card } from '../../store/chat-cards.ts';
import type { Painter } from './painter.ts';
import { channelName } from './settings.ts';

/** Another process may do the work, so the database is asked; a chat's message is edited once a second at most anyhow. */
const pollMs = 700;
/** A document that has not ended by then is no longer watched; its answer comes all the same. */
const watchedMs = 15 * 60_000;
/** Clocks of two processes may differ by this. */
const overlapMs = 5_000;
const changesAtOnce = 200;

export interface FollowerDeps {
  tickets: {
    ofChat(
      companyId: string,
      channel: string,
      chat: string,
      options: { changedSince?: Date; limit: number },
    ): Promise<Ticket[]>;
  };
  painter: Pick<Painter, 'paint' | 'backlog'>;
  /** Written here, read by the painter. */
  stages: Map<string, Stage>;
  clock: Clock;
  log: Logger;
}

interface Watched {
  card: Card;
  until: number;
  since: Date;
}

/** Shows on the cards of this process how far their documents are, while there is something under way. */
export function createFollower({ tickets, painter, stages, clock, log }: FollowerDeps) {
  const watched = new Map<string, Watched>();
  let bell = Promise.withResolvers<void>();

  async function run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => bell.resolve(), { once: true });
    while (!signal.aborted) {
      await bell.promise;
      while (watched.size > 0 && !signal.aborted) {
        await look().catch((error: unknown) => log.warn({ err: error }, 'cannot see how far documents are'));
        await clock.sleep(pollMs, signal).catch(() => undefined);
      }
      if (!signal.aborted) bell = Promise.withResolvers();
    }
  }

  async function look(): Promise<void> {
    const chats = Map.groupBy(watched.values(), ({ card }) => `${card.companyId} ${card.chat}`);
    for (const group of chats.values()) await lookAt(group);
  }

  async function lookAt(group: Watched[]): Promise<void> {
    const [first] = group;
    if (!first) return;
    const since = new Date(Math.min(...group.map((one) => one.since.getTime())) - overlapMs);
    const now = clock.now();
    const { companyId, chat } = first.card;
    const changed = await tickets.ofChat(companyId, channelName, chat, { changedSince: since, limit: changesAtOnce });
    const news = new Set(changed.filter(isNews).map(({ id }) => id));
    for (const { id, stage } of changed) if (!isFinal(stage)) stages.set(id, stage);
    const ended = new Set(changed.filter(({ stage }) => isFinal(stage)).map(({ id }) => id));
    for (const one of group) {
      one.since = now;
      show(one, news, ended);
    }
  }

  function isNews({ id, stage }: Ticket): boolean {
    return !isFinal(stage) && stages.get(id) !== stage;
  }

  /** Progress is only worth a turn when no chat has to wait for an answer because of it. */
  function show({ card, until }: Watched, news: ReadonlySet<string>, ended: ReadonlySet<string>): void {
    const ids = card.items.map(({ ticketId }) => ticketId);
    if (ids.some((id) => news.has(id)) && painter.backlog() < 3) {
      painter.paint(card.id).catch((error: unknown) => log.debug({ err: error }, 'progress not shown'));
    }
    if (ids.every((id) => ended.has(id)) || clock.now().getTime() > until) forget(card);
  }

  function forget(card: Card): void {
    watched.delete(card.id);
    for (const { ticketId } of card.items) stages.delete(ticketId);
  }

  return {
    run,
    watch: (card: Card): void => {
      const now = clock.now();
      const since = watched.get(card.id)?.since ?? card.createdAt;
      watched.set(card.id, { card, since, until: now.getTime() + watchedMs });
      bell.resolve();
    },
  };
}

export type Follower = ReturnType<typeof createFollower>;
