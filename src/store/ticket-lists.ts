import type { Model } from 'mongoose';
import { isFinal, Stage } from '../domain/stage.ts';
import type { Ticket } from '../domain/ticket.ts';
import { withDatabaseRetry } from './database-retry.ts';
import { atRevision, type TicketDocument, toTicket } from './ticket-model.ts';
import type { TicketAt } from './tickets.ts';

/** Whose tickets somebody may see: a company's, or only those of some of its chats. */
export interface TicketScope {
  companyId: string;
  chats?: readonly { channel: string; account: string; chat: string }[];
}

/** What a person looks at in the chat. All wait up to 30 s while the database is away, then throw `database-unavailable`. */
export interface TicketLists {
  find(scope: TicketScope, id: string): Promise<TicketAt | null>;
  /** Tickets under way, newest first. */
  underWay(scope: TicketScope, limit: number): Promise<Ticket[]>;
  /** Tickets that reached an end, newest first. */
  ended(scope: TicketScope, limit: number): Promise<Ticket[]>;
  /** Documents with values, whole or to be reviewed, the newest arrival first, those after the first `skip`. */
  withValues(scope: TicketScope, page: { skip: number; limit: number }): Promise<Ticket[]>;
  /** Documents with values of a month (`2026-03`), oldest first: by their own date; by the day they arrived when they have none. */
  ofMonth(scope: TicketScope, month: string, limit: number): Promise<Ticket[]>;
}

const finalStages = Stage.options.filter(isFinal);
const stagesWithValues: readonly Stage[] = ['COMPLETED', 'HUMAN_REVIEW'];
const openStages = Stage.options.filter((stage) => !isFinal(stage));

export function ticketLists(model: Model<TicketDocument>): TicketLists {
  async function list(filter: Record<string, unknown>, limit: number): Promise<Ticket[]> {
    const find = () => model.find(filter).sort({ updatedAt: -1 }).limit(limit).lean<TicketDocument[]>();
    return (await withDatabaseRetry(find)).map(toTicket);
  }

  return {
    find: async (scope, id) => {
      const find = () => model.findOne({ ...within(scope), _id: id }).lean<TicketDocument>();
      const document = await withDatabaseRetry(find);
      return document && atRevision(document);
    },
    underWay: (scope, limit) => list({ ...within(scope), stage: { $in: openStages } }, limit),
    withValues: async (scope, { skip, limit }) => {
      const filter = { ...within(scope), stage: { $in: stagesWithValues } };
      const find = () => model.find(filter).sort({ createdAt: -1, _id: 1 }).skip(skip).limit(limit);
      return (await withDatabaseRetry(() => find().lean<TicketDocument[]>())).map(toTicket);
    },
    ofMonth: async (scope, month, limit) => {
      const own = { 'fields.date.value': { $gte: `${month}-01`, $lte: `${month}-31` } };
      const arrived = { 'fields.date': null, createdAt: { $gte: startOf(month), $lt: startOf(month, 1) } };
      const filter = { ...within(scope), stage: { $in: stagesWithValues }, $or: [own, arrived] };
      const find = () => model.find(filter).sort({ 'fields.date.value': 1, createdAt: 1 }).limit(limit);
      return (await withDatabaseRetry(() => find().lean<TicketDocument[]>())).map(toTicket);
    },
    ended: (scope, limit) => list({ ...within(scope), stage: { $in: finalStages } }, limit),
  };
}

function within({ companyId, chats }: TicketScope) {
  if (!chats) return { companyId };
  const ofChats = chats.map(({ channel, account, chat }) => {
    return { 'source.channel': channel, 'source.account': account, 'source.chat': chat };
  });
  // In an `$and`, since queries have an `$or` of their own.
  return { companyId, $and: [{ $or: ofChats }] };
}

function startOf(month: string, monthsLater = 0): Date {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + monthsLater, 1));
}
