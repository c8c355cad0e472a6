import type { Logger } from 'pino';
import type { Handler } from '../bus/bus.ts';
import type { Answer, Channel } from '../channels/channel.ts';
import type { Clock } from '../domain/clock.ts';
import { toFailure } from '../domain/failure.ts';
import { inWords, toResult } from '../domain/result.ts';
import { isFinal } from '../domain/stage.ts';
import type { Ticket } from '../domain/ticket.ts';
import { TicketMessage } from '../pipeline/runner.ts';
import type { OutgoingBox } from '../store/outgoing.ts';
import type { TicketAt, Tickets } from '../store/tickets.ts';
import { describeFailure, describeTicket } from './describe.ts';
import { type Hold, isFirstEnd } from './hold.ts';

export interface NotifierDeps {
  tickets: Tickets;
  hold: Hold;
  /** Hears how long a document waited for its first answer, in seconds. */
  noteAnswer(channel: string, seconds: number): void;
  /** Keeps an answer whose chat cannot be reached, for a day of further attempts. */
  outgoing: Pick<OutgoingBox, 'add'>;
  clock: Clock;
  log: Logger;
}

/** The bus has tried for some seconds by then. */
const tryAgainMs = 15_000;

/** Answers the ending of a ticket in the chat it came from; nothing when the ticket has moved on since `revision`. */
export type AnswerTicket = (channel: Channel, ticketId: string, revision: number) => Promise<void>;

/** A duplicate is answered when the first one has its end. */
export function createAnswerTicket({
  tickets,
  hold,
  noteAnswer,
  log,
}: Omit<NotifierDeps, 'outgoing' | 'clock'>): AnswerTicket {
  async function answer(channel: Channel, at: TicketAt): Promise<void> {
    const { ticket, revision } = at;
    const first = ticket.duplicateOf === null ? null : ((await tickets.load(ticket.duplicateOf))?.ticket ?? null);
    // The first one's answer goes to the chat that it came from, which may be another: this one waits in its outbox for the sweeper.
    if (first && !isFinal(first.stage)) return void (await tickets.rescue(at));
    const held = await hold(channel, ticket, revision);
    if (held === 'now') await channel.send(answerFor(ticket, revision, first));
    if (held === 'later') return;
    await tickets.markAnswered(ticket.id, revision);
    if (isFirstEnd(ticket)) noteAnswer(channel.name, secondsSince(ticket));
    log.info({ ticketId: ticket.id, channel: channel.name, stage: ticket.stage, held }, 'answered');
  }

  return async (channel, ticketId, revision) => {
    const at = await tickets.load(ticketId);
    if (!at || at.revision !== revision || !isFinal(at.ticket.stage)) return;
    await answer(channel, at);
  };
}

/** Makes the bus handler that answers a channel's tickets, once per ending. */
export function createNotifier(deps: NotifierDeps): (channel: Channel) => Handler {
  const answerTicket = createAnswerTicket(deps);

  return (channel) => async (delivery) => {
    const { ticketId, revision } = TicketMessage.parse(delivery.payload);
    try {
      await answerTicket(channel, ticketId, revision);
    } catch (error) {
      if (!delivery.isLastAttempt || toFailure(error).code !== 'channel-unavailable') throw error;
      await keepForLater(channel, ticketId, revision);
    }
  };

  async function keepForLater({ name: channel }: Channel, ticketId: string, revision: number): Promise<void> {
    const source = (await deps.tickets.load(ticketId))?.ticket.source;
    if (!source) return;
    const now = deps.clock.now();
    const id = `${ticketId}:${revision}:again`;
    const what = { kind: 'answer', ticketId, revision } as const;
    const { account, chat } = source;
    const dueAt = new Date(now.getTime() + tryAgainMs);
    await deps.outgoing.add({ id, channel, account, chat, what, dueAt }, now);
  }
}

function answerFor(ticket: Ticket, revision: number, first: Ticket | null): Answer {
  const { id, source, language } = ticket;
  const text = describeTicket(ticket, language, first);
  const result = inWords(toResult(ticket, first), (code) => describeFailure(code, language));
  const attachments = (first ?? ticket).invoiceFiles ?? [];
  return { id: `${id}:${revision}`, ticketId: id, source, language, text, result, attachments };
}

/** From its arrival to its end; what the answer waits for then, by night or for others, is meant. */
function secondsSince({ createdAt, history }: Ticket): number {
  const endedAt = history.at(-1)?.at ?? createdAt;
  return (endedAt.getTime() - createdAt.getTime()) / 1_000;
}
