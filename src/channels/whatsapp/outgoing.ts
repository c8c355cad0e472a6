import { randomBytes } from 'node:crypto';
import type { Reply } from '../../conversation/conversation.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Language } from '../../domain/language.ts';
import type { ChatAddresses } from '../../store/chat-addresses.ts';
import type { ChatOutbox, Content, NewOutboxEntry, Quoted } from '../../store/chat-outbox.ts';
import { inParts } from '../in-parts.ts';
import { here } from './settings.ts';
import { whatsappTexts } from './texts.ts';

/** WhatsApp takes 65 536 characters and shows a caption of 1 024. */
const maxTextLength = 60_000;
const maxCaptionLength = 1_024;
/** A document of the database takes 16 MB. */
const maxFileBytes = 12_000_000;
const keptMs = 7 * 24 * 60 * 60_000;

/** How far a document is, on its message. */
export type Mark = typeof underWay | '✅' | '❌' | '👀';
export const underWay = '⏳';

export interface OutgoingDeps {
  outbox: Pick<ChatOutbox, 'put' | 'replace'>;
  addresses: Pick<ChatAddresses, 'addressOf'>;
  /** There is something to send. */
  ring(): void;
  clock: Clock;
  language: Language;
}

export interface SayOptions {
  /** Unique for ever: what is said again under the same id has no effect. */
  id: string;
  quoted?: Quoted | null;
  ticketId?: string;
}

/** Decides what is sent; it is in the database when these resolve, and sent when the line is open. Who never wrote is not written to. */
export function createOutgoing({ outbox, addresses, ring, clock, language }: OutgoingDeps) {
  async function mayWrite(chat: string): Promise<boolean> {
    return (await addresses.addressOf(here, chat)) !== null;
  }

  function entry(chat: string, content: Content, { id, quoted, ticketId }: SayOptions): NewOutboxEntry {
    const createdAt = clock.now();
    return {
      ...here,
      ...{ id: `whatsapp:${id}`, chat, content, quoted: quoted ?? null, ticketId: ticketId ?? null },
      ...{ messageId: newMessageId(), createdAt, expiresAt: new Date(createdAt.getTime() + keptMs) },
    };
  }

  return {
    mayWrite,
    /** The last message's id in the outbox; null when there was nothing to say, or nobody to say it to. */
    say: async (chat: string, reply: Reply, options: SayOptions): Promise<string | null> => {
      if (!(await mayWrite(chat))) return null;
      let last: string | null = null;
      for (const [index, content] of contentsOf(reply, language).entries()) {
        const one = entry(chat, content, { ...options, id: `${options.id}#${index}` });
        await outbox.put(one);
        last = one.id;
      }
      ring();
      return last;
    },
    /** One mark on a message: the newest. */
    mark: async (chat: string, quoted: Quoted, mark: Mark, ticketId: string): Promise<void> => {
      if (!(await mayWrite(chat))) return;
      const id = `mark:${chat}:${quoted.participant ?? ''}:${quoted.id}`;
      await outbox.replace(entry(chat, { kind: 'reaction', text: mark }, { id, quoted, ticketId }));
      ring();
    },
  };
}

export type Outgoing = ReturnType<typeof createOutgoing>;

function contentsOf({ text, file }: Reply, language: Language): Content[] {
  if (file && file.bytes.byteLength > maxFileBytes) {
    const excuse = whatsappTexts[language].tooBigToSend(file.name);
    return contentsOf({ text: `${text}\n\n${excuse}` }, language);
  }
  const isCaption = file !== undefined && text.length <= maxCaptionLength;
  const texts = isCaption ? [] : inParts(text, maxTextLength);
  const contents: Content[] = texts.map((part) => ({ kind: 'text', text: part }));
  return file ? [...contents, { kind: 'file', text: isCaption ? text : '', ...file }] : contents;
}

/** As WhatsApp Web makes them: `3EB0` and nine random bytes in capital hex. */
function newMessageId(): string {
  return `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
}
