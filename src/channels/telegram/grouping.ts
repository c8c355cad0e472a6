import type { Clock } from '../../domain/clock.ts';

/** Documents that come closer together than this belong to one burst; the first few still get a message each. */
const burst = { pauseMs: 10_000, own: 4 };
/** Answers of more documents would not fit in one message. */
const maxOnCard = 20;
const maxChats = 10_000;

interface Run {
  key: string;
  lastAt: number;
  count: number;
}

/**
 * Which card a document goes on: an album's all on one, else its own, and in a burst twenty on one, since a chat takes one message a
 * second. What is remembered here may be lost: a document that has a card stays on it.
 */
export function createGrouping(clock: Clock) {
  const runs = new Map<string, Run>();

  function runOf(name: string, key: string): Run {
    const now = clock.now().getTime();
    const known = runs.get(name);
    const goesOn = known !== undefined && now - known.lastAt < burst.pauseMs;
    const run = goesOn ? { ...known, lastAt: now, count: known.count + 1 } : { key, lastAt: now, count: 1 };
    runs.delete(name);
    runs.set(name, run);
    const [oldest] = runs.keys();
    if (runs.size > maxChats && oldest !== undefined) runs.delete(oldest);
    return run;
  }

  return function cardOf(chat: string, message: string, album: string | null): string {
    if (album !== null) {
      const { count } = runOf(`${chat} ${album}`, album);
      return `${chat}:album:${album}:${Math.floor((count - 1) / maxOnCard)}`;
    }
    const { key, count } = runOf(chat, message);
    if (count <= burst.own) return `${chat}:${message}`;
    return `${chat}:burst:${key}:${Math.floor((count - burst.own - 1) / maxOnCard)}`;
  };
}
