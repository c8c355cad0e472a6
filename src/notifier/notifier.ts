import type { Logger } from 'pino';
import type { Handler } from '../bus/bus.ts';
import type { Answer, Channel } from '../channels/channel.ts';
import { inWords, toResult } from '../domain/result.ts';
import { isFinal } from '../domain/stage.ts';
import type { Ticket } from '../domain/ticket.ts';
import { TicketMessage } from '../pipeline/runner.ts';
import type { TicketAt, Tickets } from '../store/tickets.ts';
import { describeFailure, describeTicket } from './describe.ts';

export interface NotifierDeps {
  tickets: Tickets;
  log: Logger;
}

/** Answers the ending of a ticket in the chat it came from; nothing when the ticket has moved on since `revision`. */
export type AnswerTicket = (channel: Channel, ticketId: string, revision: number) => Promise<void>;

/** A duplicate is answered when the first one has its end. */
export function createAnswerTicket({ tickets, log }: NotifierDeps): AnswerTicket {
  async function answer(channel: Channel, at: TicketAt): Promise<void> {
    const { ticket, revision } = at;
    const first = ticket.duplicateOf === null ? null : ((await tickets.load(ticket.duplicateOf))?.ticket ?? null);
    // The first one's answer goes to the chat that it came from, which may be another: this one waits in its outbox for the sweeper.
    if (first && !isFinal(first.stage)) return void (await tickets.rescue(at));
    await channel.send(answerFor(ticket, revision, first));
    await tickets.markAnswered(ticket.id, revision);
    log.info({ ticketId: ticket.id, channel: channel.name, stage: ticket.stage }, 'answered');
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
    await answerTicket(channel, ticketId, revision);
  };
}

function answerFor(ticket: Ticket, revision: number, first: Ticket | null): Answer {
  const { id, source, language } = ticket;
  const text = describeTicket(ticket, language, first);
  const result = inWords(toResult(ticket, first), (code) => describeFailure(code, language));
  const attachments = (first ?? ticket).invoiceFiles ?? [];
  return { id: `${id}:${revision}`, ticketId: id, source, language, text, result, attachments };
}
