import type { Access, Said } from '../../conversation/conversation.ts';
import type { Clock } from '../../domain/clock.ts';
import { Failure, type FailureCode } from '../../domain/failure.ts';
import type { Language } from '../../domain/language.ts';
import type { Source } from '../../domain/ticket.ts';
import { ticketIdOf } from '../../domain/ticket-id.ts';
import type { DescribeFailure } from '../../http/error-handler.ts';
import type { Card, ChatCards } from '../../store/chat-cards.ts';
import type { Intake } from '../channel.ts';
import { cardKeptMs } from './answers.ts';
import type { Attachment } from './attachment.ts';
import { telegramMaxBytes } from './download.ts';
import type { Follower } from './follower.ts';
import type { Painter } from './painter.ts';
import { channelName } from './settings.ts';
import { telegramTexts } from './texts.ts';

export interface ReceiveDeps {
  intake: Intake;
  cards: Pick<ChatCards, 'join' | 'answer'>;
  download(fileId: string): Promise<Uint8Array>;
  cardOf(chat: string, message: string, album: string | null): string;
  painter: Pick<Painter, 'paint'>;
  follower: Pick<Follower, 'watch'>;
  describeFailure: DescribeFailure;
  clock: Clock;
}

export interface Incoming {
  who: Omit<Said, 'what'>;
  access: Extract<Access, { kind: 'linked' }>;
  message: string;
  album: string | null;
  /** Of the album's message that has one. */
  caption: string | null;
  attachment: Attachment;
}

/**
 * Takes in one document: its card first, then the file, then the ticket, whose id follows from the message, so that each step may
 * be done again. What the sender can mend is answered on the card.
 * @throws {Failure} recovery `retry` when Telegram or the database is away.
 */
export function createReceive(deps: ReceiveDeps) {
  const { intake, cards, download, painter, follower, describeFailure } = deps;

  async function receive(incoming: Incoming): Promise<string> {
    const { who, access, message, attachment, caption } = incoming;
    const source = { channel: channelName, account: who.account, chat: who.chat, message, attachment: 0 };
    const card = await cardFor(incoming, source);
    try {
      if ((attachment.sizeBytes ?? 0) > telegramMaxBytes) throw new Failure('too-large', 'ask', 'too big for bots');
      const bytes = await download(attachment.fileId);
      const metadata = { sender: who.sender, ...(caption ? { caption: caption.slice(0, 500) } : {}) };
      const arrival = { companyId: access.companyId, source, language: access.language, metadata };
      await intake({ ...arrival, fileName: attachment.name, bytes });
    } catch (error) {
      if (!(error instanceof Failure) || error.recovery !== 'ask') throw error;
      await refuse(card, ticketIdOf(access.companyId, source), error.code);
      return error.code;
    }
    follower.watch(card);
    painter.paint(card.id).catch(() => undefined); // Progress only: the answer will be brought by the bus.
    return 'kept';
  }

  function cardFor({ who, access, message, album, attachment }: Incoming, source: Source): Promise<Card> {
    const { companyId, language } = access;
    const now = deps.clock.now();
    const id = `${who.account}:${deps.cardOf(who.chat, message, album)}`;
    const card = {
      id,
      companyId,
      channel: channelName,
      account: who.account,
      chat: who.chat,
      language,
      createdAt: now,
    };
    const item = { ticketId: ticketIdOf(companyId, source), message, name: attachment.name };
    return deps.cards.join(card, item, new Date(now.getTime() + cardKeptMs));
  }

  async function refuse(card: Card, ticketId: string, code: FailureCode): Promise<void> {
    const text = refusalText(code, card.language, describeFailure);
    await cards.answer(ticketId, { id: `${ticketId}:${code}`, text, stage: null }, deps.clock.now());
    await painter.paint(card.id);
  }

  return receive;
}

/** Telegram's own limits have a remedy of their own. */
function refusalText(code: FailureCode, language: Language, describeFailure: DescribeFailure): string {
  const words = telegramTexts[language];
  if (code === 'too-large') return words.tooBig;
  return code === 'not-found' ? words.gone : describeFailure(code, language);
}
