import type { Connection } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import { canMove, isFinal, Stage } from '../domain/stage.ts';
import type { Ticket } from '../domain/ticket.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { type OutboxEntry, type TicketDocument, ticketModel, toTicket } from './ticket-model.ts';

/** A ticket together with the revision that a move must still find. */
export interface TicketAt {
  ticket: Ticket;
  revision: number;
}

/** What a step may change; stage, history and times are the move's own. */
export type TicketPatch = Partial<
  Pick<Ticket, 'kind' | 'merchant' | 'fields' | 'reasons' | 'reading' | 'error' | 'profile' | 'language'>
>;

export type NewTicket = Omit<Ticket, 'history' | 'createdAt' | 'updatedAt'>;

/** Which queue a ticket goes to when it enters a stage; null where nothing follows. Comes from flow.ts. */
export type Route = (ticket: Pick<Ticket, 'source'>, stage: Stage) => string | null;

export interface Tickets {
  /** Keeps a new ticket with its first message; null when that id, or (on an original) those bytes, are there already. */
  create(ticket: NewTicket): Promise<TicketAt | null>;
  get(companyId: string, id: string): Promise<Ticket | null>;
  /** For the workers, which get ids from the bus only. */
  load(id: string): Promise<TicketAt | null>;
  /** The first ticket of these bytes in the company. */
  ofContent(companyId: string, sha256: string): Promise<TicketAt | null>;
  /** Moves the ticket if it is still at `at.revision` (compare and set), queueing what follows; null when somebody else moved it. */
  move(at: TicketAt, to: Stage, patch?: TicketPatch, reason?: string): Promise<TicketAt | null>;
  /** Newest first. `changedSince` is exclusive. */
  ofChat(companyId: string, channel: string, chat: string, options: ListOptions): Promise<Ticket[]>;
  latest(companyId: string, options: ListOptions): Promise<Ticket[]>;
  markAnswered(id: string, revision: number): Promise<void>;
  outboxOf(id: string): Promise<OutboxEntry[]>;
  dropOutbox(id: string, entryId: string): Promise<void>;
  /** Tickets whose outbox was not emptied by `before`. */
  withOutboxBefore(before: Date, limit: number): Promise<string[]>;
  /** Tickets under way that did not move since `before`. */
  stuckSince(before: Date, limit: number): Promise<TicketAt[]>;
  /** Puts the stage's message into the outbox again; returns how often that was needed since the ticket last moved. */
  rescue(at: TicketAt): Promise<number>;
}

export interface ListOptions {
  changedSince?: Date;
  limit: number;
}

/** The repository of tickets. Every change is one atomic update of one document: stage, history and outbox together. */
export async function createTickets(connection: Connection, clock: Clock, route: Route): Promise<Tickets> {
  const model = ticketModel(connection);
  await model.createIndexes();

  function outboxFor(ticket: Pick<Ticket, 'source' | 'priority'> & { id: string }, stage: Stage, revision: number) {
    const queue = route(ticket, stage);
    if (queue === null) return [];
    const id = `${ticket.id}:${revision}:${queue}`;
    return [{ id, queue, priority: ticket.priority, revision, at: clock.now() }];
  }

  async function create(ticket: NewTicket): Promise<TicketAt | null> {
    const now = clock.now();
    const { id, ...rest } = ticket;
    const document: TicketDocument = {
      _id: id,
      ...rest,
      history: [{ stage: ticket.stage, at: now, reason: null }],
      createdAt: now,
      updatedAt: now,
      revision: 1,
      outbox: outboxFor(ticket, ticket.stage, 1),
      rescues: 0,
      answeredRevision: null,
      ...(ticket.duplicateOf === null ? { contentKey: contentKey(ticket.companyId, ticket.file.sha256) } : {}),
    };
    try {
      await model.create(document);
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
    return { ticket: toTicket(document), revision: 1 };
  }

  async function move(at: TicketAt, to: Stage, patch: TicketPatch = {}, reason?: string): Promise<TicketAt | null> {
    const { ticket, revision } = at;
    if (!canMove(ticket.stage, to)) throw new Error(`ticket ${ticket.id} cannot go from ${ticket.stage} to ${to}`);
    const now = clock.now();
    const document = await model
      .findOneAndUpdate(
        { _id: ticket.id, revision },
        {
          $set: { ...patch, stage: to, updatedAt: now, rescues: 0, revision: revision + 1 },
          $push: {
            history: { $each: [{ stage: to, at: now, reason: reason ?? null }] },
            outbox: { $each: outboxFor(ticket, to, revision + 1) },
          },
        },
        { returnDocument: 'after' },
      )
      .lean<TicketDocument>();
    return document ? atRevision(document) : null;
  }

  async function list(filter: Record<string, unknown>, options: ListOptions): Promise<Ticket[]> {
    const since = options.changedSince ? { updatedAt: { $gt: options.changedSince } } : {};
    const found = model
      .find({ ...filter, ...since })
      .sort({ updatedAt: -1 })
      .limit(options.limit);
    return (await found.lean<TicketDocument[]>()).map(toTicket);
  }

  async function rescue(at: TicketAt): Promise<number> {
    const { ticket, revision } = at;
    const entries = outboxFor(ticket, ticket.stage, revision);
    const rescued = await model
      .findOneAndUpdate(
        { _id: ticket.id, revision },
        { $inc: { rescues: 1 }, $set: { outbox: entries, updatedAt: clock.now() } },
        { returnDocument: 'after', projection: { rescues: 1 } },
      )
      .lean<Pick<TicketDocument, 'rescues'>>();
    return rescued?.rescues ?? 0;
  }

  return {
    create,
    move,
    rescue,
    get: async (companyId, id) => {
      const document = await model.findOne({ _id: id, companyId }).lean<TicketDocument>();
      return document && toTicket(document);
    },
    load: async (id) => atRevisionOrNull(await model.findOne({ _id: id }).lean<TicketDocument>()),
    ofContent: async (companyId, sha256) =>
      atRevisionOrNull(await model.findOne({ contentKey: contentKey(companyId, sha256) }).lean<TicketDocument>()),
    ofChat: (companyId, channel, chat, options) =>
      list({ companyId, 'source.channel': channel, 'source.chat': chat }, options),
    latest: (companyId, options) => list({ companyId }, options),
    markAnswered: async (id, revision) => {
      await model.updateOne({ _id: id }, { $set: { answeredRevision: revision } });
    },
    outboxOf: async (id) => (await model.findOne({ _id: id }, { outbox: 1 }).lean<TicketDocument>())?.outbox ?? [],
    dropOutbox: async (id, entryId) => {
      await model.updateOne({ _id: id }, { $pull: { outbox: { id: entryId } } });
    },
    withOutboxBefore: async (before, limit) => {
      const found = model.find({ 'outbox.at': { $lt: before } }, { _id: 1 }).limit(limit);
      return (await found.lean<Pick<TicketDocument, '_id'>[]>()).map(({ _id }) => _id);
    },
    stuckSince: async (before, limit) => {
      const open = Stage.options.filter((stage) => !isFinal(stage));
      const found = model.find({ stage: { $in: open }, updatedAt: { $lt: before } }).limit(limit);
      return (await found.lean<TicketDocument[]>()).map(atRevision);
    },
  };
}

function contentKey(companyId: string, sha256: string): string {
  return `${companyId}:${sha256}`;
}

function atRevision(document: TicketDocument): TicketAt {
  return { ticket: toTicket(document), revision: document.revision };
}

function atRevisionOrNull(document: TicketDocument | null): TicketAt | null {
  return document && atRevision(document);
}
