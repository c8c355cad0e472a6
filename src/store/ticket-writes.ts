import type { Model } from 'mongoose';
import type { Clock } from '../domain/clock.ts';
import { canMove, type Stage } from '../domain/stage.ts';
import type { Ticket } from '../domain/ticket.ts';
import { withDatabaseRetry } from './database-retry.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { atRevision, contentKey, type OutboxEntry, type TicketDocument } from './ticket-model.ts';
import type { AlsoFeeds, NewTicket, Route, TicketAt, TicketPatch, TicketWrites } from './tickets.ts';

/** A write whose answer got lost is repeated, so each is written such that the second time finds the first's work done. */
export function ticketWrites(
  model: Model<TicketDocument>,
  clock: Clock,
  { route, alsoFeeds }: { route: Route; alsoFeeds: AlsoFeeds },
): TicketWrites {
  function outboxFor(ticket: Pick<Ticket, 'id' | 'source' | 'priority'>, stage: Stage, revision: number, suffix = '') {
    const first = route(ticket, stage);
    const queues = [...(first === null ? [] : [first]), ...alsoFeeds(stage)];
    return queues.map((queue): OutboxEntry => {
      const id = `${ticket.id}:${revision}:${queue}${suffix}`;
      return { id, queue, priority: ticket.priority, revision, at: clock.now() };
    });
  }

  function firstDocument({ id, ...rest }: NewTicket): TicketDocument {
    const now = clock.now();
    return {
      _id: id,
      ...rest,
      history: [{ stage: rest.stage, at: now, reason: null }],
      createdAt: now,
      updatedAt: now,
      revision: 1,
      outbox: outboxFor({ id, ...rest }, rest.stage, 1),
      rescues: 0,
      answeredRevision: null,
      ...(rest.duplicateOf === null ? { contentKey: contentKey(rest.companyId, rest.file.sha256) } : {}),
    };
  }

  async function create(ticket: NewTicket): Promise<TicketAt | null> {
    const document = firstDocument(ticket);
    try {
      await withDatabaseRetry(() => model.create(document));
    } catch (error) {
      if (isDuplicateKey(error)) return null;
      throw error;
    }
    return atRevision(document);
  }

  async function update(at: TicketAt, change: object): Promise<TicketDocument | null> {
    const stillThere = { _id: at.ticket.id, revision: at.revision };
    const options = { returnDocument: 'after' } as const;
    return withDatabaseRetry(() => model.findOneAndUpdate(stillThere, change, options).lean<TicketDocument>());
  }

  async function move(at: TicketAt, to: Stage, patch: TicketPatch = {}, reason?: string): Promise<TicketAt | null> {
    const { ticket, revision } = at;
    if (!canMove(ticket.stage, to)) throw new Error(`ticket ${ticket.id} cannot go from ${ticket.stage} to ${to}`);
    const now = clock.now();
    const entry = { stage: to, at: now, reason: reason ?? null };
    const document = await update(at, {
      $set: { ...patch, stage: to, updatedAt: now, rescues: 0, revision: revision + 1 },
      $push: { history: entry, outbox: { $each: outboxFor(ticket, to, revision + 1) } },
    });
    return document && atRevision(document);
  }

  async function amend(at: TicketAt, patch: TicketPatch, reason: string): Promise<TicketAt | null> {
    const now = clock.now();
    const document = await update(at, {
      $set: { ...patch, updatedAt: now, revision: at.revision + 1 },
      $push: { history: { stage: at.ticket.stage, at: now, reason } },
    });
    return document && atRevision(document);
  }

  async function rescue(at: TicketAt): Promise<number> {
    // A message of its own id: the first may lie among the dead letters, where its id is taken.
    const suffix = `:rescue-${clock.now().getTime()}`;
    const outbox = outboxFor(at.ticket, at.ticket.stage, at.revision, suffix);
    const document = await update(at, { $inc: { rescues: 1 }, $set: { outbox, updatedAt: clock.now() } });
    return document?.rescues ?? 0;
  }

  return {
    create,
    move,
    amend,
    rescue,
    markAnswered: async (id, revision) => {
      await withDatabaseRetry(() => model.updateOne({ _id: id }, { $set: { answeredRevision: revision } }));
    },
    dropOutbox: async (id, entryId) => {
      await withDatabaseRetry(() => model.updateOne({ _id: id }, { $pull: { outbox: { id: entryId } } }));
    },
  };
}
