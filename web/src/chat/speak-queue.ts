import type { Language } from '../../../src/domain/language.ts';
import type { SaidBody, SaidOutcome } from '../net/api.ts';
import type { ChatAction, Speaking } from './chat-state.ts';

const retryMs = 2_000;

interface Waiting {
  message: string;
  body: SaidBody;
  language: Language;
}

export interface SpeakQueueDeps {
  dispatch(action: ChatAction): void;
  post(message: string, body: SaidBody, language: Language, signal: AbortSignal): Promise<SaidOutcome>;
  /** A word or a button may have changed the language. */
  onLanguage(language: Language): void;
}

/**
 * Brings what is written and pressed to the server, one after the other, in the order in which it was said; what got no answer is
 * said again under the same id. Like files, words wait until the chat is there.
 */
export function createSpeakQueue({ dispatch, post, onLanguage }: SpeakQueueDeps) {
  const waiting: Waiting[] = [];
  const closing = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isSending = false;
  let hasChat = false;

  async function pump(): Promise<void> {
    const [next] = waiting;
    if (!next || isSending || !hasChat || closing.signal.aborted) return;
    isSending = true;
    clearTimeout(timer);
    dispatch({ type: 'spoken', message: next.message, change: { state: 'sending' } });
    const outcome = await post(next.message, next.body, next.language, closing.signal);
    isSending = false;
    if (closing.signal.aborted) return;
    settle(next, outcome);
  }

  function settle({ message, language }: Waiting, outcome: SaidOutcome): void {
    if (outcome.kind === 'again') {
      dispatch({ type: 'spoken', message, change: { state: 'again' } });
      timer = setTimeout(() => void pump(), retryMs);
      return;
    }
    waiting.shift();
    const isRefused = outcome.kind === 'refused';
    if (outcome.kind === 'kept' && outcome.language !== language) onLanguage(outcome.language);
    const change = isRefused ? ({ state: 'refused', reason: outcome.message } as const) : ({ state: 'kept' } as const);
    dispatch({ type: 'spoken', message, change });
    void pump();
  }

  return {
    /** Without `speaking` it leaves no trace in the chat. */
    add(message: string, body: SaidBody, language: Language, speaking?: Speaking): void {
      if (speaking) dispatch({ type: 'speaking', speaking });
      waiting.push({ message, body, language });
      void pump();
    },
    /** The chat can be reached (again). */
    connected(): void {
      hasChat = true;
      void pump();
    },
    close(): void {
      closing.abort();
      clearTimeout(timer);
    },
  };
}

export type SpeakQueue = ReturnType<typeof createSpeakQueue>;
