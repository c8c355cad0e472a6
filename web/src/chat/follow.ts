import type { Language } from '../../../src/domain/language.ts';
import { loadHistory, openEvents, parseEvent } from '../net/api.ts';
import type { ChatAction } from './chat-state.ts';

export type Connection = 'connecting' | 'live' | 'lost';

const againMs = 2_000;

/** Loads the history, then listens; both again and again until the returned function is called. */
export function follow(
  language: Language,
  dispatch: (action: ChatAction) => void,
  onConnection: (connection: Connection) => void,
): () => void {
  const ended = new AbortController();
  let events: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function begin(): Promise<void> {
    try {
      const { entries, cursor } = await loadHistory(language, ended.signal);
      if (ended.signal.aborted) return;
      dispatch({ type: 'heard', entries, isHistory: true });
      listen(cursor);
    } catch {
      if (!ended.signal.aborted) lose();
    }
  }

  function listen(cursor: string): void {
    events = openEvents(language, cursor);
    events.onopen = () => onConnection('live');
    events.onmessage = ({ data }) => dispatch({ type: 'heard', entries: [parseEvent(data)] });
    events.onerror = () => {
      // A browser gives up after an HTTP error; then the history is read afresh.
      if (events?.readyState === EventSource.CLOSED) lose();
      else onConnection('lost');
    };
  }

  function lose(): void {
    onConnection('lost');
    events?.close();
    clearTimeout(timer);
    timer = setTimeout(begin, againMs);
  }

  begin();
  window.addEventListener('online', lose, { signal: ended.signal });
  return () => {
    ended.abort();
    clearTimeout(timer);
    events?.close();
  };
}
