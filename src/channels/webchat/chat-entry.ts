import { z } from 'zod';
import { Language } from '../../domain/language.ts';
import { Result } from '../../domain/result.ts';
import { isFinal, Stage } from '../../domain/stage.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { TicketFile } from '../../domain/ticket.ts';
import type { ChatMessage } from '../../store/chat-messages.ts';

/** A document that the person sent, with what is known of it so far. */
export const DocumentEntry = z.object({
  type: z.literal('document'),
  /** The ticket's id. */
  id: z.string(),
  /** The page's own id of the message that carried it, and the position in it. */
  message: z.string(),
  attachment: z.int(),
  file: TicketFile.pick({ name: true, mime: true, sizeBytes: true }),
  stages: z.array(z.object({ stage: Stage, at: z.iso.datetime() })),
  isFinal: z.boolean(),
  result: Result,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type DocumentEntry = z.infer<typeof DocumentEntry>;

/** The answer about a ticket; `result` is as it was then (a DUPLICATE carries the first one's fields). */
export const AnswerEntry = z.object({
  type: z.literal('answer'),
  id: z.string(),
  ticketId: z.string(),
  text: z.string(),
  result: Result.nullable(),
  updatedAt: z.iso.datetime(),
});
export type AnswerEntry = z.infer<typeof AnswerEntry>;

/** A file that was not taken. */
export const RefusalEntry = z.object({
  type: z.literal('refusal'),
  id: z.string(),
  message: z.string(),
  attachment: z.int(),
  fileName: z.string(),
  code: z.string(),
  text: z.string(),
  updatedAt: z.iso.datetime(),
});
export type RefusalEntry = z.infer<typeof RefusalEntry>;

/** What the person wrote, or the button that they pressed. */
export const SaidEntry = z.object({
  type: z.literal('said'),
  id: z.string(),
  message: z.string(),
  text: z.string(),
  updatedAt: z.iso.datetime(),
});
export type SaidEntry = z.infer<typeof SaidEntry>;

/** What Recibot replied, with its buttons and its file; or a notice that nobody asked for. */
export const ReplyEntry = z.object({
  type: z.literal('reply'),
  id: z.string(),
  text: z.string(),
  buttons: z.array(z.array(z.object({ label: z.string(), data: z.string() }))),
  file: z.object({ name: z.string(), mime: z.string(), sizeBytes: z.int() }).nullable(),
  updatedAt: z.iso.datetime(),
});
export type ReplyEntry = z.infer<typeof ReplyEntry>;

/** One line of a chat. An entry with the same id replaces the one before it, so a chat can be told twice. */
export const ChatEntry = z.discriminatedUnion('type', [
  DocumentEntry,
  AnswerEntry,
  RefusalEntry,
  SaidEntry,
  ReplyEntry,
]);
export type ChatEntry = z.infer<typeof ChatEntry>;

/** `cursor`: pass it to the event stream to hear what came after. */
export const ChatHistory = z.object({ entries: z.array(ChatEntry), cursor: z.string() });
export type ChatHistory = z.infer<typeof ChatHistory>;

/** Answer to a said message: the language that Recibot now answers in, which a button or a word may have changed. */
export const SaidReceipt = z.object({ language: Language });
export type SaidReceipt = z.infer<typeof SaidReceipt>;

export const DocumentReceipt = z.object({
  name: z.string(),
  ticketId: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type DocumentReceipt = z.infer<typeof DocumentReceipt>;

/** Answer to a posted message: `ticketId` is the first one's; null when every file was refused. */
export const DocumentsReceipt = z.object({ ticketId: z.string().nullable(), documents: z.array(DocumentReceipt) });
export type DocumentsReceipt = z.infer<typeof DocumentsReceipt>;

export function documentEntry(ticket: Ticket, result: Result): DocumentEntry {
  const { name, mime, sizeBytes } = ticket.file;
  return {
    type: 'document',
    id: ticket.id,
    message: ticket.source.message,
    attachment: ticket.source.attachment,
    file: { name, mime, sizeBytes },
    stages: ticket.history.map(({ stage, at }) => ({ stage, at: at.toISOString() })),
    isFinal: isFinal(ticket.stage),
    result,
    createdAt: ticket.createdAt.toISOString(),
    updatedAt: ticket.updatedAt.toISOString(),
  };
}

export function messageEntry(message: ChatMessage, refusalText: string): ChatEntry {
  const { id, refusal, result, text, ticketId, saidIn, buttons } = message;
  const updatedAt = message.at.toISOString();
  if (refusal !== null) return { type: 'refusal', id, ...refusal, text: refusalText, updatedAt };
  if (saidIn !== null) return { type: 'said', id, message: saidIn, text, updatedAt };
  if (ticketId !== null) return { type: 'answer', id, ticketId, text, result, updatedAt };
  const file = message.file && ReplyEntry.shape.file.parse(message.file);
  return { type: 'reply', id, text, buttons, file, updatedAt };
}
