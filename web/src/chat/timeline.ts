import type {
  AnswerEntry,
  DocumentEntry,
  RefusalEntry,
  ReplyEntry,
  SaidEntry,
} from '../../../src/channels/webchat/chat-entry.ts';
import type { ChatState, Outgoing, Speaking } from './chat-state.ts';

/** One thing in the chat, in the order in which it was sent. */
export type TimelineItem =
  | {
      kind: 'document';
      id: string;
      at: string;
      document: DocumentEntry;
      answer: AnswerEntry | null;
      previewUrl: string | null;
    }
  | { kind: 'refusal'; id: string; at: string; refusal: RefusalEntry; previewUrl: string | null }
  | { kind: 'said'; id: string; at: string; said: SaidEntry }
  | { kind: 'reply'; id: string; at: string; reply: ReplyEntry }
  | { kind: 'speaking'; id: string; at: string; speaking: Speaking }
  | { kind: 'outgoing'; id: string; at: string; outgoing: Outgoing };

export function timeline(state: ChatState): TimelineItem[] {
  const { documents, answers, refusals, said, replies, outgoing, speaking, previews } = state;
  const lastAnswers = new Map<string, AnswerEntry>();
  for (const answer of answers.values()) {
    const before = lastAnswers.get(answer.ticketId);
    if (!before || before.updatedAt < answer.updatedAt) lastAnswers.set(answer.ticketId, answer);
  }
  const items: TimelineItem[] = [
    ...[...documents.values()].map((document): TimelineItem => {
      const { id, createdAt, message } = document;
      const previewUrl = previews.get(message) ?? null;
      return { kind: 'document', id, at: createdAt, document, answer: lastAnswers.get(id) ?? null, previewUrl };
    }),
    ...[...refusals.values()].map((refusal): TimelineItem => {
      const previewUrl = previews.get(refusal.message) ?? null;
      return { kind: 'refusal', id: refusal.id, at: refusal.updatedAt, refusal, previewUrl };
    }),
    ...[...said.values()].map((one): TimelineItem => ({ kind: 'said', id: one.id, at: one.updatedAt, said: one })),
    ...[...replies.values()].map((one): TimelineItem => {
      return { kind: 'reply', id: one.id, at: one.updatedAt, reply: one };
    }),
  ];
  items.sort((a, b) => a.at.localeCompare(b.at));
  // Last, whatever this machine's clock says.
  return [
    ...items,
    ...speaking.map((one): TimelineItem => ({ kind: 'speaking', id: one.message, at: one.at, speaking: one })),
    ...outgoing.map((one): TimelineItem => ({ kind: 'outgoing', id: one.message, at: one.at, outgoing: one })),
  ];
}
