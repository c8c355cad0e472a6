import type { Channel } from '../channels/channel.ts';
import type { Clock } from '../domain/clock.ts';
import { isFinal } from '../domain/stage.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { OutgoingBox } from '../store/outgoing.ts';
import type { Tickets } from '../store/tickets.ts';
import type { Batcher } from './batch/batcher.ts';
import { burst, burstOf, mayBecome } from './batch/burst.ts';
import { attentionMs, type QuietEnd } from './quiet/quiet.ts';

export interface HoldDeps {
  outgoing: Pick<OutgoingBox, 'add'>;
  tickets: Pick<Tickets, 'arrivalsAround'>;
  batcher: Pick<Batcher, 'join'>;
  quietEnd: QuietEnd;
  clock: Clock;
}

/** Where an answer goes: to the chat now, on a summary only, or into the box until its time. */
export type Hold = (channel: Channel, ticket: Ticket, revision: number) => Promise<'now' | 'summed-up' | 'later'>;

/**
 * | the document …                                   | its answer …                                                  |
 * |--------------------------------------------------|---------------------------------------------------------------|
 * | is one of twenty within a minute                 | is on the summary, and on its card where the channel has cards |
 * | came with others just now that may become twenty | waits 3 s, in a channel without cards                          |
 * | came half an hour ago or more, in quiet hours    | waits until morning, unless somebody is there                  |
 * | else                                             | goes at once                                                   |
 */
export function createHold({ outgoing, tickets, batcher, quietEnd, clock }: HoldDeps): Hold {
  async function keep({ id, source }: Ticket, revision: number, dueAt: Date): Promise<'later'> {
    const { channel, account, chat } = source;
    const what = { kind: 'answer', ticketId: id, revision } as const;
    await outgoing.add(
      { id: `${id}:${revision}:${dueAt.getTime()}`, channel, account, chat, what, dueAt },
      clock.now(),
    );
    return 'later';
  }

  return async function hold({ hasCards = false, isSilent = false, tell }, ticket, revision) {
    const now = clock.now();
    const { companyId, source, createdAt } = ticket;
    if (!tell) return 'now';
    const arrivals = await tickets.arrivalsAround(companyId, source, createdAt, burst.withinMs);
    // What a person does to a document later has an answer of its own.
    const kind = isFirstEnd(ticket) ? burstOf(arrivals, createdAt, now) : 'alone';
    if (kind === 'batch') await batcher.join(ticket);
    const hasInvoice = (ticket.invoiceFiles ?? []).length > 0;
    // An invoice is attached to an answer of its own.
    if (kind === 'batch' && !hasCards && !hasInvoice) return 'summed-up';
    if (kind === 'growing' && !hasCards) {
      return keep(ticket, revision, new Date(now.getTime() + mayBecome.stillMs + 500));
    }
    if (isSilent) return 'now';
    if (ticket.priority !== 'LOW' && now.getTime() - createdAt.getTime() < attentionMs) return 'now';
    const end = await quietEnd(source);
    return end === null ? 'now' : keep(ticket, revision, end);
  };
}

/** Whether it has come to an end for the first time, by itself. */
export function isFirstEnd({ history }: Ticket): boolean {
  return history.filter(({ stage }) => isFinal(stage)).length <= 1;
}
