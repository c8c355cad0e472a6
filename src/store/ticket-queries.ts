import type { Model } from 'mongoose';
import { isFinal, Stage } from '../domain/stage.ts';
import type { Ticket } from '../domain/ticket.ts';
import { withDatabaseRetry } from './database-retry.ts';
import { atRevision, contentKey, type TicketDocument, toTicket } from './ticket-model.ts';
import type { ListOptions, TicketAt, TicketQueries } from './tickets.ts';

type Filter = Record<string, unknown>;

export function ticketQueries(model: Model<TicketDocument>): TicketQueries {
  function one(filter: Filter): Promise<TicketDocument | null> {
    return withDatabaseRetry(() => model.findOne(filter).lean<TicketDocument>());
  }

  function many(filter: Filter, limit: number): Promise<TicketDocument[]> {
    const newestFirst = { updatedAt: -1 } as const;
    return withDatabaseRetry(() => model.find(filter).sort(newestFirst).limit(limit).lean<TicketDocument[]>());
  }

  async function list(filter: Filter, { changedSince, limit }: ListOptions): Promise<Ticket[]> {
    const since = changedSince ? { updatedAt: { $gt: changedSince } } : {};
    return (await many({ ...filter, ...since }, limit)).map(toTicket);
  }

  async function oneAtRevision(filter: Filter): Promise<TicketAt | null> {
    const document = await one(filter);
    return document && atRevision(document);
  }

  return {
    get: async (companyId, id) => {
      const document = await one({ _id: id, companyId });
      return document && toTicket(document);
    },
    load: (id) => oneAtRevision({ _id: id }),
    ofContent: (companyId, sha256) => oneAtRevision({ contentKey: contentKey(companyId, sha256) }),
    ofChat: (companyId, channel, chat, options) =>
      list({ companyId, 'source.channel': channel, 'source.chat': chat }, options),
    latest: (companyId, options) => list({ companyId }, options),
    invoicesAfter: async (id, limit) => {
      const filter = { invoice: { $ne: null }, _id: { $gt: id } };
      const find = () => model.find(filter).sort({ _id: 1 }).limit(limit).lean<TicketDocument[]>();
      return (await withDatabaseRetry(find)).map(toTicket);
    },
    outboxOf: async (id) => (await one({ _id: id }))?.outbox ?? [],
    withOutboxBefore: async (before, limit) => {
      return (await many({ 'outbox.at': { $lt: before } }, limit)).map(({ _id }) => _id);
    },
    arrivalsAround: async (companyId, { channel, account, chat }, at, withinMs) => {
      const inChat = { companyId, 'source.channel': channel, 'source.account': account, 'source.chat': chat };
      const earliest = new Date(at.getTime() - withinMs);
      // What came in since has changed since, and the index knows changes.
      const recent = { ...inChat, updatedAt: { $gte: earliest } };
      const near = async (createdAt: { $gt?: Date; $gte?: Date; $lte: Date }, direction: 1 | -1) => {
        const find = () =>
          model
            .find({ ...recent, createdAt }, { createdAt: 1 })
            .sort({ createdAt: direction })
            .limit(20);
        return withDatabaseRetry(() => find().lean<{ createdAt: Date }[]>());
      };
      const before = await near({ $gte: earliest, $lte: at }, -1);
      const after = await near({ $gt: at, $lte: new Date(at.getTime() + withinMs) }, 1);
      return [...before, ...after].map(({ createdAt }) => createdAt);
    },
    isAnyUnderWay: async (companyId, { channel, account, chat }, from, to) => {
      const inChat = { companyId, 'source.channel': channel, 'source.account': account, 'source.chat': chat };
      const open = Stage.options.filter((stage) => !isFinal(stage));
      return (await one({ ...inChat, stage: { $in: open }, createdAt: { $gte: from, $lte: to } })) !== null;
    },
    countFailed: (codes, since) => {
      const failed: Filter = { stage: 'FAILED', updatedAt: { $gte: since }, 'error.code': { $in: [...codes] } };
      return withDatabaseRetry(() => model.countDocuments(failed));
    },
    countByStage: async () => {
      const count = () =>
        model.aggregate<{ _id: Stage; count: number }>([{ $group: { _id: '$stage', count: { $sum: 1 } } }]);
      const found = await withDatabaseRetry(() => count().exec());
      return new Map(found.map(({ _id, count: number }) => [_id, number]));
    },
    stuckSince: async (before, limit) => {
      const open = Stage.options.filter((stage) => !isFinal(stage));
      return (await many({ stage: { $in: open }, updatedAt: { $lt: before } }, limit)).map(atRevision);
    },
  };
}
