import type { Clock } from '../../domain/clock.ts';
import type { Language } from '../../domain/language.ts';
import type { ChatEntry } from './chat-entry.ts';
import type { ChatLog } from './chat-log.ts';

/**
 * How often a listened-to chat asks the database: while a document is under way another process may do the work, so often
 * enough to look live; else seldom, as a wake-up (see `Listeners`) brings this process' own news at once.
 */
export const pollMs = { underWay: 350, idle: 5_000 };

/** Clocks of two processes and writes in flight may put a change before the cursor: look back this far and skip what was told. */
const overlapMs = 3_000;

export interface FollowDeps {
  chatLog: ChatLog;
  clock: Clock;
  /** Resolves at the next wake-up of the chat, or when the signal aborts. */
  wakeUp(chat: string, signal: AbortSignal): Promise<void>;
}

/** News of a chat; `cursor` resumes after them. Without entries: a sign of life. */
export interface News {
  entries: ChatEntry[];
  cursor: string;
}

/** What changes in a chat after `cursor`, until the signal aborts; never throws for the abort. */
export async function* follow(
  { chatLog, clock, wakeUp }: FollowDeps,
  chat: string,
  language: Language,
  cursor: string,
  signal: AbortSignal,
): AsyncGenerator<News> {
  const told = new Map<string, string>();
  const underWay = new Set((await chatLog.entries(chat, language)).filter(isUnderWay).map(({ id }) => id));
  let newest = cursor;
  while (!signal.aborted) {
    const round = new AbortController();
    const ended = AbortSignal.any([signal, round.signal]);
    // Before the look, so that a wake-up during it is not missed.
    const woken = wakeUp(chat, ended);
    try {
      const fresh = await look();
      newest = fresh.at(-1)?.updatedAt ?? newest;
      yield { entries: fresh, cursor: newest };
      const ms = underWay.size > 0 ? pollMs.underWay : pollMs.idle;
      await Promise.race([clock.sleep(ms, ended).catch(() => undefined), woken]);
    } finally {
      round.abort();
    }
  }

  async function look(): Promise<ChatEntry[]> {
    const changed = await chatLog.entries(chat, language, new Date(timeOf(newest) - overlapMs));
    const fresh = changed.filter((entry) => isNews(entry, told, cursor));
    for (const entry of fresh) {
      told.set(entry.id, version(entry));
      if (isUnderWay(entry)) underWay.add(entry.id);
      else underWay.delete(entry.id);
    }
    return fresh;
  }
}

/** What lies before the page's own cursor was in its history, but for what changed within the overlap. */
function isNews(entry: ChatEntry, told: Map<string, string>, cursor: string): boolean {
  if (told.get(entry.id) === version(entry)) return false;
  return timeOf(entry.updatedAt) > timeOf(cursor) - overlapMs;
}

function version(entry: ChatEntry): string {
  return entry.type === 'document' ? `${entry.result.stage} ${entry.stages.length}` : entry.updatedAt;
}

function isUnderWay(entry: ChatEntry): boolean {
  return entry.type === 'document' && !entry.isFinal;
}

/** A cursor is an instant in ISO form; anything else begins at the beginning. */
function timeOf(cursor: string): number {
  const time = Date.parse(cursor);
  return Number.isNaN(time) ? overlapMs : time;
}
