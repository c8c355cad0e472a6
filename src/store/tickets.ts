import type { Connection } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import type { FailureCode } from '../domain/failure.ts';
import type { Stage } from '../domain/stage.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { ChatName } from './chat-activity.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';
import { type TicketLists, ticketLists } from './ticket-lists.ts';
import { type OutboxEntry, ticketModel } from './ticket-model.ts';
import { ticketQueries } from './ticket-queries.ts';
import { ticketWrites } from './ticket-writes.ts';

/** A ticket together with the revision that a move must still find. */
export interface TicketAt {
  ticket: Ticket;
  revision: number;
}

/** What a step may change; stage, history and times are the move's own. */
export type TicketPatch = Partial<
  Pick<
    Ticket,
    | 'kind'
    | 'kindConfidence'
    | 'merchant'
    | 'candidates'
    | 'fields'
    | 'reasons'
    | 'reading'
    | 'codes'
    | 'parts'
    | 'duplicateOf'
    | 'invoice'
    | 'invoiceFiles'
    | 'items'
    | 'portal'
    | 'compliance'
    | 'error'
    | 'profile'
    | 'language'
  >
>;

export type NewTicket = Omit<Ticket, 'history' | 'createdAt' | 'updatedAt'>;

/** Which queue a ticket goes to when it enters a stage; null where nothing follows. Comes from flow.ts. */
export type Route = (ticket: Pick<Ticket, 'source'>, stage: Stage) => string | null;

/** Queues besides that one. Comes from flow.ts. */
export type AlsoFeeds = (stage: Stage) => readonly string[];

export interface ListOptions {
  /** Exclusive. */
  changedSince?: Date;
  limit: number;
}

/** All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface TicketQueries {
  get(companyId: string, id: string): Promise<Ticket | null>;
  /** For the workers, which get ids from the bus only. */
  load(id: string): Promise<TicketAt | null>;
  /** The first ticket of these bytes in the company. */
  ofContent(companyId: string, sha256: string): Promise<TicketAt | null>;
  /** Newest change first. */
  ofChat(companyId: string, channel: string, chat: string, options: ListOptions): Promise<Ticket[]>;
  latest(companyId: string, options: ListOptions): Promise<Ticket[]>;
  /** E-invoices of all companies in the order of their ids, those after `id`. */
  invoicesAfter(id: string, limit: number): Promise<Ticket[]>;
  outboxOf(id: string): Promise<OutboxEntry[]>;
  /** Tickets whose outbox was not emptied by `before`. */
  withOutboxBefore(before: Date, limit: number): Promise<string[]>;
  /** When documents came into the chat around `at`, the nearest 20 before and after it. */
  arrivalsAround(companyId: string, chat: ChatName, at: Date, withinMs: number): Promise<Date[]>;
  /** Whether a document that came into the chat between the two times still has no end. */
  isAnyUnderWay(companyId: string, chat: ChatName, from: Date, to: Date): Promise<boolean>;
  /** How many of all companies failed with one of the codes since. */
  countFailed(codes: readonly FailureCode[], since: Date): Promise<number>;
  /** Of all companies. */
  countByStage(): Promise<ReadonlyMap<Stage, number>>;
  /** Tickets under way that did not move since `before`. */
  stuckSince(before: Date, limit: number): Promise<TicketAt[]>;
}

export interface TicketWrites {
  /** Keeps a new ticket with its first message; null when that id, or (on an original) those bytes, are there already. */
  create(ticket: NewTicket): Promise<TicketAt | null>;
  /** Moves the ticket if it is still at `at.revision` (compare and set), queueing what follows; null when it is not. */
  move(at: TicketAt, to: Stage, patch?: TicketPatch, reason?: string): Promise<TicketAt | null>;
  /** Changes a ticket where it stands, if it is still at `at.revision`; null when it is not. Nothing follows from it. */
  amend(at: TicketAt, patch: TicketPatch, reason: string): Promise<TicketAt | null>;
  /** Puts the stage's message into the outbox again; returns how often that was needed since the ticket last moved. */
  rescue(at: TicketAt): Promise<number>;
  markAnswered(id: string, revision: number): Promise<void>;
  dropOutbox(id: string, entryId: string): Promise<void>;
}

export interface Tickets extends TicketQueries, TicketLists, TicketWrites {}

/** The repository of tickets. Every change is one atomic update of one document: stage, history and outbox together. */
export async function createTickets(
  connection: Connection,
  clock: Clock,
  route: Route,
  alsoFeeds: AlsoFeeds = () => [],
): Promise<Tickets> {
  const model = ticketModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);
  return { ...ticketQueries(model), ...ticketLists(model), ...ticketWrites(model, clock, { route, alsoFeeds }) };
}
