import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import { isFinal } from '../../domain/stage.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { ChatOutbox } from '../../store/chat-outbox.ts';
import { markOf } from './answers.ts';
import { type Outgoing, underWay } from './outgoing.ts';
import { here } from './settings.ts';

const lookMs = 5_000;
/** An answer of its own brings the mark too; one that is summed up with others does not. */
const settledMs = 10_000;
const lookedBackMs = 24 * 60 * 60_000;
const marksAtOnce = 200;

export interface FollowMarksDeps {
  outbox: Pick<ChatOutbox, 'marked'>;
  tickets: { load(id: string): Promise<{ ticket: Ticket } | null> };
  outgoing: Outgoing;
  clock: Clock;
  log: Logger;
}

/** Sees to it that no document keeps the mark of being worked on when it has come to its end, whoever told of it and how. */
export function createFollowMarks({ outbox, tickets, outgoing, clock, log }: FollowMarksDeps) {
  async function look(): Promise<void> {
    const now = clock.now().getTime();
    const since = new Date(now - lookedBackMs);
    for (const { ticketId, chat, quoted } of await outbox.marked({
      ...here,
      mark: underWay,
      since,
      limit: marksAtOnce,
    })) {
      const ticket = ticketId === null ? null : (await tickets.load(ticketId))?.ticket;
      if (!ticket || !quoted || !isFinal(ticket.stage)) continue;
      if (now - ticket.updatedAt.getTime() > settledMs)
        await outgoing.mark(chat, quoted, markOf(ticket.stage), ticket.id);
    }
  }

  return async function followMarks(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(lookMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      await look().catch((error: unknown) => log.warn({ err: error }, 'marks are looked at again'));
    }
  };
}
