import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import type { Card, CardItem, ChatCards } from '../../store/chat-cards.ts';
import type { Answer } from '../channel.ts';
import { mayInvoice, merchantsToChoose } from '../document-buttons.ts';
import type { Painter } from './painter.ts';
import type { Say } from './say.ts';

/** A card, and that it is answered, is remembered for a quarter: nobody looks for an older message. */
export const cardKeptMs = 90 * 24 * 60 * 60_000;
/** What lies on a card for so long was not shown by whoever put it there. */
const overdueMs = 15_000;
const overdueAtOnce = 20;
/** Somebody who sent a document looks at its message for so long. */
const attentionMs = 30 * 60_000;

export interface AnswersDeps {
  cards: Pick<ChatCards, 'ofTicket' | 'join' | 'answer' | 'noteFile' | 'detach' | 'pending'>;
  painter: Pick<Painter, 'paint'>;
  say: Say;
  files: { get(sha256: string): Promise<Buffer> };
  companyId: string;
  account: string;
  clock: Clock;
  log: Logger;
}

/** Puts answers on the cards of their documents, once per answer, and sees to it that they are shown. */
export function createAnswers(deps: AnswersDeps) {
  const { cards, painter, say, files, companyId, account, clock, log } = deps;

  async function put(answer: Answer): Promise<void> {
    const card = (await cards.ofTicket(answer.ticketId)) ?? (await newCard(answer));
    const item = card.items.find(({ ticketId }) => ticketId === answer.ticketId);
    if (item?.answer?.id !== answer.id) await keep(answer, card, item);
    // On a card that waits for others' answers too, this one is kept and shown with the next ones.
    if (card.items.filter((one) => one.answer === null).length > 1) paintSoon(card.id);
    else await painter.paint(card.id);
    await attach(answer, item?.filesSent ?? []);
  }

  /** The invoice goes after its card, each file once, however often the document is answered. */
  async function attach({ ticketId, source, attachments = [] }: Answer, sent: readonly string[]): Promise<void> {
    const missing = attachments.filter(({ sha256 }) => !sent.includes(sha256));
    for (const { sha256, name, mime } of missing) {
      const bytes = await files.get(sha256);
      await say(source.chat, { text: '', file: { name, mime, bytes } }, Number(source.message));
      await cards.noteFile(ticketId, sha256);
    }
  }

  /** A second ending (read again, corrected) edits the message while the person is still there; later it gets one of its own: an edit makes no sound. */
  async function keep({ id, ticketId, text, result }: Answer, card: Card, item: CardItem | undefined): Promise<void> {
    const now = clock.now();
    if (item?.answer && now.getTime() - card.createdAt.getTime() > attentionMs) await cards.detach(card.id);
    await cards.answer(
      ticketId,
      { id, text, stage: result.stage, merchants: merchantsToChoose(result), mayInvoice: mayInvoice(result) },
      now,
    );
  }

  /** The process that took the document died before it made one, or it is of long ago. */
  function newCard({ ticketId, source, language, result }: Answer): Promise<Card> {
    const { channel, chat, message } = source;
    const now = clock.now();
    const card = { id: `${account}:${chat}:${message}`, companyId, channel, account, chat, language, createdAt: now };
    return cards.join(card, { ticketId, message, name: result.file }, new Date(now.getTime() + cardKeptMs));
  }

  function paintSoon(id: string): void {
    painter.paint(id).catch((error: unknown) => log.warn({ err: error }, 'answers not shown yet; they will be'));
  }

  /** Shows what other processes, or Telegram, left undone. */
  async function showOverdue(channel: string): Promise<void> {
    const before = new Date(clock.now().getTime() - overdueMs);
    for (const { id } of await cards.pending(channel, account, before, overdueAtOnce)) {
      await painter.paint(id).catch((error: unknown) => log.warn({ err: error }, 'an answer cannot be shown yet'));
    }
  }

  return { put, showOverdue };
}

export type Answers = ReturnType<typeof createAnswers>;
