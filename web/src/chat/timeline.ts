import type { AnswerEntry, DocumentEntry, RefusalEntry } from '../../../src/channels/webchat/chat-entry.ts';
import type { ChatState, Outgoing } from './chat-state.ts';

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
  | { kind: 'outgoing'; id: string; at: string; outgoing: Outgoing };

export function timeline({ documents, answers, refusals, outgoing, previews }: ChatState): TimelineItem[] {
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
  ];
  items.sort((a, b) => a.at.localeCompare(b.at));
  // Last, whatever this machine's clock says.
  return [
    ...items,
    ...outgoing.map((one): TimelineItem => ({ kind: 'outgoing', id: one.message, at: one.at, outgoing: one })),
  ];
}
