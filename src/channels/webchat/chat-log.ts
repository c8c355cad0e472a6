import { createHash } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import type { Language } from '../../domain/language.ts';
import { inWords, toResult } from '../../domain/result.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { DescribeFailure } from '../../http/error-handler.ts';
import type { ChatMessage, ChatMessages } from '../../store/chat-messages.ts';
import { type ChatEntry, documentEntry, messageEntry } from './chat-entry.ts';

export const channelName = 'webchat';
/** The page's address counts as one account. */
export const webAccount = 'web';

/** The newest of each that a page shows; older ones stay in the database. */
const shown = { documents: 200, messages: 300 };

/** What the channel needs of the ticket store. */
interface ChatTickets {
  get(companyId: string, id: string): Promise<Ticket | null>;
  ofChat(
    companyId: string,
    channel: string,
    chat: string,
    options: { changedSince?: Date; limit: number },
  ): Promise<Ticket[]>;
}

export interface ChatLogDeps {
  /** The page's own: of its guests, and of all that is said in it. */
  companyId: string;
  /** Of the person whose chat it is: a code may have made a guest of the page somebody of another company. */
  companyOf(chat: string): Promise<string>;
  tickets: ChatTickets;
  messages: ChatMessages;
  describeFailure: DescribeFailure;
  clock: Clock;
}

/** Reads chats. A chat is named by the hash of its cookie, so that neither database nor logs hold what opens it. */
export function createChatLog({ companyId, companyOf, tickets, messages, describeFailure }: ChatLogDeps) {
  async function companiesOf(chat: string): Promise<string[]> {
    return [...new Set([companyId, await companyOf(chat)])];
  }

  function fromTicket(ticket: Ticket, language: Language): ChatEntry {
    return documentEntry(
      ticket,
      inWords(toResult(ticket), (code) => describeFailure(code, language)),
    );
  }

  function fromMessage(message: ChatMessage, language: Language): ChatEntry {
    return messageEntry(message, message.refusal ? describeFailure(message.refusal.code, language) : '');
  }

  /** Entries that changed after `since`, oldest change first; all that are shown when it is absent. */
  async function entries(chat: string, language: Language, since?: Date): Promise<ChatEntry[]> {
    const options = { limit: shown.documents, ...(since ? { changedSince: since } : {}) };
    const companies = await companiesOf(chat);
    const [documents, said] = await Promise.all([
      Promise.all(companies.map((company) => tickets.ofChat(company, channelName, chat, options))),
      messages.ofChat(companyId, chat, { limit: shown.messages, ...(since ? { since } : {}) }),
    ]);
    const found = [
      ...documents.flat().map((ticket) => fromTicket(ticket, language)),
      ...said.map((message) => fromMessage(message, language)),
    ];
    return found.sort((a, b) => a.updatedAt.localeCompare(b.updatedAt));
  }

  /** The person's own ticket; null for one of another chat. */
  async function ticket(chat: string, id: string): Promise<Ticket | null> {
    for (const company of await companiesOf(chat)) {
      const found = await tickets.get(company, id);
      if (found?.source.channel === channelName && found.source.chat === chat) return found;
    }
    return null;
  }

  return { entries, ticket };
}

export type ChatLog = ReturnType<typeof createChatLog>;

export function chatOf(cookie: string): string {
  return createHash('sha256').update(`webchat:${cookie}`).digest('hex').slice(0, 40);
}
