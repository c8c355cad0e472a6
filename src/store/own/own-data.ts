import type { Connection } from 'mongoose';
import { type Person, privateChats } from '../../domain/person.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { withDatabaseRetry } from '../database-retry.ts';
import type { Files } from '../files.ts';
import { type TicketDocument, toTicket } from '../ticket-model.ts';
import { eraseTickets } from './erase-tickets.ts';
import { type OwnPlaces, ownPlaces, ownTickets, ownTraces } from './own-places.ts';
import { attachedFiles, removeUnused } from './unused-files.ts';

/** Something that was said in a chat, as far as it is kept. */
export interface OwnMessage {
  at: Date;
  from: 'person' | 'recibot';
  text: string;
}

export interface Erased {
  documents: number;
  /** Electronic invoices that stay with the company, without the person. */
  keptInvoices: number;
}

/** What belongs to a person, to be taken along or erased. All of these wait up to 30 s while the database is away. */
export interface OwnData {
  /** Oldest first. */
  ticketsOf(person: Person): Promise<Ticket[]>;
  messagesOf(person: Person): Promise<OwnMessage[]>;
  /** Forgets the person and what is theirs. May be done again after a death in between. */
  erase(person: Person): Promise<Erased>;
}

/** These are no traces of people, or are seen to by `eraseTickets`. */
const leftAlone = new Set(['tickets', 'readings', 'fs.files', 'fs.chunks', 'bus_messages', 'people', 'sealed_entries']);
/** What the law makes the company keep: who asked for it is taken out. */
const keptByLaw = new Set(['compliance', 'bookings', 'fiscal_profiles']);

export function createOwnData(connection: Connection, files: Pick<Files, 'get' | 'put' | 'remove'>): OwnData {
  const tickets = connection.collection<TicketDocument>('tickets');

  async function messagesOf({ identities }: Person): Promise<OwnMessage[]> {
    const chats = identities.filter(({ channel }) => channel === 'webchat').map(({ sender }) => sender);
    const messages = connection.collection<{ text: string; at: Date; saidIn?: string | null }>('chat_messages');
    const find = () =>
      messages
        .find({ chat: { $in: chats } })
        .sort({ at: 1 })
        .toArray();
    const found = await withDatabaseRetry(find);
    return found.map(({ at, text, saidIn }) => ({ at, text, from: saidIn ? 'person' : 'recibot' }));
  }

  async function eraseTraces(places: OwnPlaces): Promise<void> {
    const collections = await withDatabaseRetry(() => connection.listCollections());
    for (const { name } of collections) {
      if (leftAlone.has(name)) continue;
      const collection = connection.collection(name);
      if (keptByLaw.has(name)) {
        const chat = { channel: 'erased', account: 'erased', chat: 'erased' };
        const asked = {
          $or: places.identities.map((one) => ({
            'chat.channel': one.channel,
            'chat.chat': { $in: privateChats(one) },
          })),
        };
        if (places.identities.length > 0)
          await withDatabaseRetry(() => collection.updateMany(asked, { $set: { chat } }));
        const changedBy = { changedBy: places.personId };
        await withDatabaseRetry(() => collection.updateMany(changedBy, { $set: { changedBy: 'erased' } }));
      } else {
        await withDatabaseRetry(() => collection.deleteMany(ownTraces(places)));
      }
    }
  }

  return {
    ticketsOf: async (person) => {
      const own = ownTickets(await ownPlaces(connection, person));
      const find = () =>
        tickets
          .find({ companyId: person.companyId, ...own })
          .sort({ createdAt: 1 })
          .toArray();
      return (await withDatabaseRetry(find)).map(toTicket);
    },
    messagesOf,
    erase: async (person) => {
      const places = await ownPlaces(connection, person);
      const attached = await attachedFiles(connection, places);
      const erased = await eraseTickets({ connection, files }, ownTickets(places));
      await eraseTraces(places);
      await removeUnused({ connection, files }, attached);
      const people = connection.collection<{ _id: string }>('people');
      await withDatabaseRetry(() => people.deleteOne({ _id: person.id }));
      return erased;
    },
  };
}
