import type { Model } from 'mongoose';
import { isFinal, Stage } from '../domain/stage.ts';
import type { Ticket } from '../domain/ticket.ts';
import { withDatabaseRetry } from './database-retry.ts';
import { type TicketDocument, toTicket } from './ticket-model.ts';

/** Whose tickets somebody may see: a company's, or only those of one of its chats. */
export interface TicketScope {
  companyId: string;
  chat?: { channel: string; account: string; chat: string };
}

/** What a person looks at in the chat. All wait up to 30 s while the database is away, then throw `database-unavailable`. */
export interface TicketLists {
  /** Tickets under way, newest first. */
  underWay(scope: TicketScope, limit: number): Promise<Ticket[]>;
  /** Tickets that reached an end, newest first. */
  ended(scope: TicketScope, limit: number): Promise<Ticket[]>;
}

const finalStages = Stage.options.filter(isFinal);
const openStages = Stage.options.filter((stage) => !isFinal(stage));

export function ticketLists(model: Model<TicketDocument>): TicketLists {
  async function list(filter: Record<string, unknown>, limit: number): Promise<Ticket[]> {
    const find = () => model.find(filter).sort({ updatedAt: -1 }).limit(limit).lean<TicketDocument[]>();
    return (await withDatabaseRetry(find)).map(toTicket);
  }

  return {
    underWay: (scope, limit) => list({ ...within(scope), stage: { $in: openStages } }, limit),
    ended: (scope, limit) => list({ ...within(scope), stage: { $in: finalStages } }, limit),
  };
}

function within({ companyId, chat }: TicketScope) {
  if (!chat) return { companyId };
  return { companyId, 'source.channel': chat.channel, 'source.account': chat.account, 'source.chat': chat.chat };
}
