import type { AnswerEntry, ChatEntry, DocumentEntry, RefusalEntry } from '../../../src/channels/webchat/chat-entry.ts';

/** A file on its way to the server. */
export interface Outgoing {
  message: string;
  file: File;
  previewUrl: string | null;
  percent: number;
  /** `waiting`: in the queue or between two tries; `refused` for good, with the reason. */
  state: 'waiting' | 'sending' | 'again' | 'refused';
  reason: string;
  at: string;
}

export interface ChatState {
  isLoaded: boolean;
  documents: ReadonlyMap<string, DocumentEntry>;
  answers: ReadonlyMap<string, AnswerEntry>;
  refusals: ReadonlyMap<string, RefusalEntry>;
  outgoing: readonly Outgoing[];
  /** Previews of files sent from this page, by message, so that a thumbnail needs no download. */
  previews: ReadonlyMap<string, string>;
}

export type ChatAction =
  | { type: 'heard'; entries: readonly ChatEntry[]; isHistory?: boolean }
  | { type: 'outgoing'; outgoing: Outgoing }
  | { type: 'progress'; message: string; change: Partial<Pick<Outgoing, 'percent' | 'state' | 'reason'>> }
  | { type: 'dropped'; message: string };

export const emptyChat: ChatState = {
  isLoaded: false,
  documents: new Map(),
  answers: new Map(),
  refusals: new Map(),
  outgoing: [],
  previews: new Map(),
};

export function chatReducer(state: ChatState, action: ChatAction): ChatState {
  switch (action.type) {
    case 'heard':
      return hear(state, action.entries, action.isHistory ?? false);
    case 'outgoing':
      return {
        ...state,
        outgoing: [...state.outgoing, action.outgoing],
        previews: withPreview(state, action.outgoing),
      };
    case 'progress':
      return {
        ...state,
        outgoing: state.outgoing.map((one) => (one.message === action.message ? { ...one, ...action.change } : one)),
      };
    case 'dropped':
      return { ...state, outgoing: state.outgoing.filter(({ message }) => message !== action.message) };
  }
}

/** An entry replaces the one of the same id; what the server has is no longer on its way. */
function hear(state: ChatState, entries: readonly ChatEntry[], isHistory: boolean): ChatState {
  const documents = new Map(state.documents);
  const answers = new Map(state.answers);
  const refusals = new Map(state.refusals);
  for (const entry of entries) {
    if (entry.type === 'document') documents.set(entry.id, entry);
    else if (entry.type === 'answer') answers.set(entry.id, entry);
    else refusals.set(entry.id, entry);
  }
  const arrived = new Set(entries.flatMap((entry) => (entry.type === 'answer' ? [] : [entry.message])));
  const outgoing = state.outgoing.filter(({ message }) => !arrived.has(message));
  return { ...state, isLoaded: state.isLoaded || isHistory, documents, answers, refusals, outgoing };
}

function withPreview({ previews }: ChatState, { message, previewUrl }: Outgoing): ReadonlyMap<string, string> {
  return previewUrl ? new Map(previews).set(message, previewUrl) : previews;
}
