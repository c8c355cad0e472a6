import { Failure } from '../../domain/failure.ts';

/** Open event streams: a person has a few tabs, a process some hundred people. */
const maxStreams = { perChat: 8, inAll: 500 };

/** Who listens in this process. */
export function createListeners() {
  const streams = new Map<string, Set<AbortController>>();
  const waiting = new Map<string, Set<() => void>>();
  let total = 0;

  return {
    /** Counts a stream in; call `close` when it ends. @throws {Failure} `too-many-requests` when there are too many. */
    open(chat: string): { signal: AbortSignal; close(): void } {
      const own = streams.get(chat) ?? new Set();
      if (own.size >= maxStreams.perChat || total >= maxStreams.inAll) {
        throw new Failure('too-many-requests', 'ask', 'too many open event streams');
      }
      const controller = new AbortController();
      streams.set(chat, own.add(controller));
      total += 1;
      return { signal: controller.signal, close: () => close(chat, controller) };
    },
    /** Tells all streams of the chat to look now. */
    wake(chat: string): void {
      for (const resolve of waiting.get(chat) ?? []) resolve();
    },
    wakeUp(chat: string, signal: AbortSignal): Promise<void> {
      return new Promise((resolve) => {
        const own = waiting.get(chat) ?? new Set();
        waiting.set(chat, own.add(done));
        signal.addEventListener('abort', done, { once: true });
        if (signal.aborted) done();

        function done(): void {
          signal.removeEventListener('abort', done);
          own.delete(done);
          if (own.size === 0 && waiting.get(chat) === own) waiting.delete(chat);
          resolve();
        }
      });
    },
    endAll(): void {
      for (const own of streams.values()) for (const controller of own) controller.abort();
    },
  };

  function close(chat: string, controller: AbortController): void {
    const own = streams.get(chat);
    controller.abort();
    if (!own?.delete(controller)) return;
    total -= 1;
    if (own.size === 0) streams.delete(chat);
  }
}

export type Listeners = ReturnType<typeof createListeners>;
