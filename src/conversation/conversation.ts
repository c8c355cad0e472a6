import type { Language } from '../domain/language.ts';
import type { Identity, Person } from '../domain/person.ts';

/** What a person did in a chat, other than sending a document. */
export interface Said {
  /** `source.channel`, `source.account` and `source.chat` of the documents of this chat. */
  channel: string;
  account: string;
  chat: string;
  /** Who said it, as the channel knows people: a Telegram user id, a phone number. Not a name. */
  sender: string;
  /** As the sender calls themselves; hostile text, shown only to operators. */
  senderName: string;
  /** Of the channel's own interface, where it tells; the person's choice wins. */
  language: Language | null;
  /** Unique for ever; the same one again has no second effect and gives the same replies. */
  id: string;
  what: { kind: 'text'; text: string } | { kind: 'button'; data: string };
  /** False in a chat that shows no buttons: replies come numbered, and a number picks from the last menu. Default true. */
  canPress?: boolean;
  /** In a chat of several people, nothing personal is told. Default false. */
  isGroup?: boolean;
  /** In a group: whether Recibot was mentioned, answered or given a command; nothing else is answered there. Default true. */
  isAddressed?: boolean;
  /** The document whose message, or whose answer, this is a reply to, where the channel can tell. */
  aboutTicketId?: string;
}

/** A chat, as `Said` and a document's `source` name it. */
export type ChatPlace = Pick<Said, 'channel' | 'account' | 'chat'>;

export interface Button {
  label: string;
  /** Comes back as `data` when pressed; at most 64 bytes (Telegram's limit). */
  data: string;
}

/** One message to the person. A channel that has no buttons numbers them; one that cannot send a file says so. */
export interface Reply {
  /** Plain text; the channel escapes what its markup wants. */
  text: string;
  /** Rows of buttons under the message. */
  buttons?: Button[][];
  /** A file that goes with it: an export, an invoice, a chart. `image/png` is shown as a picture. */
  file?: { name: string; mime: string; bytes: Uint8Array };
}

/** A person as channels may know them; `language` is their own choice, null while they made none. */
export type KnownPerson = Pick<Person, 'id' | 'companyId' | 'language'>;

/** Who may do what in a company. */
export type Access =
  | { kind: 'linked'; companyId: string; personId: string; language: Language }
  | { kind: 'stranger'; replies: Reply[] };

/**
 * One conversation for all channels. Knows no channel's API; everything it remembers is in the database, so that any process
 * may answer the next message.
 */
export interface Conversation {
  /** Answers a text, command or button. Never throws for what a person may type. */
  handle(said: Said): Promise<Reply[]>;
  /** Whether documents of this sender are taken in, and into which company; a stranger gets told how to be linked, once an hour at most. */
  admit(who: Omit<Said, 'what'>): Promise<Access>;
  /** Who a sender is, without letting anybody in; null for a stranger. */
  known(who: Identity): Promise<KnownPerson | null>;
  /** For a chat that shows no buttons: a reply that did not come from `handle` (an answer, a notice), numbered; the numbers pick from it. */
  numbered(place: ChatPlace, reply: Reply, language: Language): Promise<Reply>;
}
