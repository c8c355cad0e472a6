import type { FastifyPluginAsync } from 'fastify';
import type { Reply } from '../conversation/conversation.ts';
import type { Language } from '../domain/language.ts';
import type { Profile } from '../domain/reading.ts';
import type { Result } from '../domain/result.ts';
import type { Priority, Source, Ticket, TicketFile } from '../domain/ticket.ts';

/** One document as a channel received it. */
export interface Arrival {
  companyId: string;
  source: Source;
  fileName: string;
  bytes: Uint8Array;
  language: Language;
  priority?: Priority;
  profile?: Profile;
  metadata?: Record<string, string>;
  /** Read known bytes afresh when their answer is older than this; never touches a ticket that a person corrected. */
  again?: Date;
}

/**
 * Keeps the document and queues it. When it resolves the ticket is in the database (journaled) and the channel may
 * acknowledge. The same message twice gives the same ticket, the same bytes in another message a DUPLICATE that points to
 * the first. Throws Failure: `empty-file`, `too-large`, `unsupported-type` (recovery `ask`) or `database-unavailable` (`retry`).
 */
export type Intake = (arrival: Arrival) => Promise<Ticket>;

/** What a chat is told about a ticket that reached a final stage. */
export interface Answer {
  /** Same ticket, same ending → same id: a channel shows an id once. */
  id: string;
  ticketId: string;
  source: Source;
  language: Language;
  /** The whole answer as plain text in the chat's language; a channel that can show more uses `result`. */
  text: string;
  result: Result;
  /** The invoice's PDF and XML, which go with it; their bytes are in the file store under their sha256. */
  attachments?: readonly TicketFile[];
}

/** Something told in a chat that is no ticket's answer: an alert, a summary of many, "your mailbox is linked", a captcha. */
export interface Notice {
  /** The same id is told once. */
  id: string;
  account: string;
  chat: string;
  reply: Reply;
  /** True for what waits until morning in quiet hours, unless the person is there: a summary, a mere notice. */
  canWait?: boolean;
}

/**
 * Tells something in a chat of any channel, wherever that channel runs: it is in the database when this resolves, and whoever has the
 * channel tells it, once per `notice.id`. A chat that cannot be reached is tried for a day. Throws Failure `database-unavailable`.
 */
export type Tell = (channel: string, notice: Notice) => Promise<void>;

/** How a channel is, for whoever looks after it. */
export interface ChannelState {
  status: 'stopped' | 'starting' | 'linking' | 'receiving' | 'retrying' | 'logged-out';
  since: Date;
  lastError: string | null;
  /** What links it while `status` is `linking`: the payload of a QR code, or a code to type on the phone. */
  link?: { qr?: string; pairingCode?: string };
}

export interface Channel {
  /** Key in the registry, and `source.channel` of what it brings in. */
  readonly name: string;
  /** HTTP routes it brings, with their own access control (the web chat's, a bot's webhook). */
  readonly routes?: FastifyPluginAsync;
  /** Each document has a message, or a place on the page, of its own that becomes its answer: a summary of many comes beside it, else in its stead. */
  readonly hasCards?: boolean;
  /** Nobody's phone rings: quiet hours do not matter. */
  readonly isSilent?: boolean;
  state(): ChannelState;
  /** Begins to receive; resolves when it does. May be called again after `stop`. */
  start(): Promise<void>;
  /** Shows an answer in its chat, once per `answer.id`; resolves when the chat has it for sure. */
  send(answer: Answer): Promise<void>;
  /** Tells what is no answer, once per `notice.id`; resolves when the chat has it for sure. Absent where nobody listens (the inbox). */
  tell?(notice: Notice): Promise<void>;
  /** Receives no more and resolves when what is in hand is done. */
  stop(): Promise<void>;
  /** Forgets the account it is linked to (credentials, never documents); absent where there is nothing to unlink. */
  unlink?(): Promise<void>;
}
