import type { Language } from '../../../src/domain/language.ts';
import type { Post, PostOutcome } from '../net/api.ts';
import type { ChatAction, Outgoing } from './chat-state.ts';

/** Requests at once: browsers allow six to one host, and the event stream and pictures need some of them. */
const atOnce = 3;
const retryMs = { first: 1_000, longest: 15_000 };

interface Waiting {
  outgoing: Outgoing;
  language: Language;
  tries: number;
}

export interface SendQueueDeps {
  dispatch(action: ChatAction): void;
  post(one: Post): Promise<PostOutcome>;
}

/**
 * Sends files one by one until the server has them. A try that got no answer is repeated with the same message id, so that
 * the server makes no second ticket of it. Nothing leaves before the first `connected`: until the history was loaded the
 * browser has no chat, and a file sent then would start another one than the page listens to.
 */
export function createSendQueue({ dispatch, post }: SendQueueDeps) {
  const waiting: Waiting[] = [];
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const retries = new Map<string, () => void>();
  const discarded = new Set<string>();
  const closing = new AbortController();
  let sending = 0;
  let hasChat = false;

  function pump(): void {
    while (hasChat && sending < atOnce && !closing.signal.aborted) {
      const next = waiting.shift();
      if (!next) return;
      sending += 1;
      send(next).finally(() => {
        sending -= 1;
        pump();
      });
    }
  }

  async function send(next: Waiting): Promise<void> {
    const { message, file } = next.outgoing;
    if (discarded.has(message)) return;
    dispatch({ type: 'progress', message, change: { state: 'sending' } });
    const onProgress = (percent: number) => dispatch({ type: 'progress', message, change: { percent } });
    const { language } = next;
    const outcome = await post({ message, file, language, onProgress, signal: closing.signal });
    if (outcome.kind === 'kept') dispatch({ type: 'progress', message, change: { percent: 100 } });
    else if (outcome.kind === 'again') sendLater(next);
    else dispatch({ type: 'progress', message, change: { state: 'refused', reason: outcome.message } });
  }

  function sendLater(next: Waiting): void {
    const { message } = next.outgoing;
    dispatch({ type: 'progress', message, change: { state: 'again', percent: 0 } });
    const ms = Math.min(retryMs.longest, retryMs.first * 2 ** next.tries);
    const again = () => {
      timers.delete(message);
      waiting.push({ ...next, tries: next.tries + 1 });
      pump();
    };
    timers.set(message, setTimeout(again, ms));
    retries.set(message, again);
  }

  function retryNow(message: string): void {
    const timer = timers.get(message);
    if (timer === undefined) return;
    clearTimeout(timer);
    retries.get(message)?.();
  }

  return {
    add(outgoing: Outgoing, language: Language): void {
      waiting.push({ outgoing, language, tries: 0 });
      pump();
    },
    retryNow,
    /** The chat can be reached (again): no need to wait. */
    connected(): void {
      hasChat = true;
      for (const message of [...timers.keys()]) retryNow(message);
      pump();
    },
    discard(message: string): void {
      discarded.add(message);
      clearTimeout(timers.get(message));
      timers.delete(message);
      dispatch({ type: 'dropped', message });
    },
    close(): void {
      closing.abort();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

export type SendQueue = ReturnType<typeof createSendQueue>;
