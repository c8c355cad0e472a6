import type {
  AnswerEntry,
  ChatEntry,
  DocumentEntry,
  RefusalEntry,
  ReplyEntry,
  SaidEntry,
} from '../../../src/channels/webchat/chat-entry.ts';

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

/** Words on their way to the server; `kept` ones wait to stand in the chat. */
export interface Speaking {
  message: string;
  shown: string;
  state: 'waiting' | 'sending' | 'again' | 'refused' | 'kept';
  reason: string;
  at: string;
}

export interface ChatState {
  isLoaded: boolean;
  documents: ReadonlyMap<string, DocumentEntry>;
  answers: ReadonlyMap<string, AnswerEntry>;
  refusals: ReadonlyMap<string, RefusalEntry>;
  said: ReadonlyMap<string, SaidEntry>;
  replies: ReadonlyMap<string, ReplyEntry>;
  outgoing: readonly Outgoing[];
  speaking: readonly Speaking[];
  /** Previews of files sent from this page, by message, so that a thumbnail needs no download. */
  previews: ReadonlyMap<string, string>;
}

export type ChatAction =
  | { type: 'heard'; entries: readonly ChatEntry[]; isHistory?: boolean }
  | { type: 'outgoing'; outgoing: Outgoing }
  | { type: 'progress'; message: string; change: Partial<Pick<Outgoing, 'percent' | 'state' | 'reason'>> }
  | { type: 'dropped'; message: string }
  | { type: 'speaking'; speaking: Speaking }
  | { type: 'spoken'; message: string; change: Partial<Pick<Speaking, 'state' | 'reason'>> };

export const emptyChat: ChatState = {
  isLoaded: false,
  documents: new Map(),
  answers: new Map(),
  refusals: new Map(),
  said: new Map(),
  replies: new Map(),
  outgoing: [],
  speaking: [],
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
    case 'speaking':
      return { ...state, speaking: [...state.speaking, action.speaking] };
    case 'spoken':
      return {
        ...state,
        speaking: state.speaking.map((one) => (one.message === action.message ? { ...one, ...action.change } : one)),
      };
  }
}

/** An entry replaces the one of the same id; what the server has is no longer on its way. */
function hear(state: ChatState, entries: readonly ChatEntry[], isHistory: boolean): ChatState {
  const arrived = new Set(entries.flatMap((entry) => ('message' in entry ? [entry.message] : [])));
  return {
    ...state,
    isLoaded: state.isLoaded || isHistory,
    documents: withNew(state.documents, entries, 'document'),
    answers: withNew(state.answers, entries, 'answer'),
    refusals: withNew(state.refusals, entries, 'refusal'),
    said: withNew(state.said, entries, 'said'),
    replies: withNew(state.replies, entries, 'reply'),
    outgoing: state.outgoing.filter(({ message }) => !arrived.has(message)),
    speaking: state.speaking.filter(({ message }) => !arrived.has(message)),
  };
}

type EntryOf<Type extends ChatEntry['type']> = Extract<ChatEntry, { type: Type }>;

function withNew<Type extends ChatEntry['type']>(
  before: ReadonlyMap<string, EntryOf<Type>>,
  entries: readonly ChatEntry[],
  type: Type,
): ReadonlyMap<string, EntryOf<Type>> {
  const isOfType = (entry: ChatEntry): entry is EntryOf<Type> => entry.type === type;
  return new Map([...before, ...entries.filter(isOfType).map((entry) => [entry.id, entry] as const)]);
}

function withPreview({ previews }: ChatState, { message, previewUrl }: Outgoing): ReadonlyMap<string, string> {
  return previewUrl ? new Map(previews).set(message, previewUrl) : previews;
}
