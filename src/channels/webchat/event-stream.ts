import { Readable } from 'node:stream';
import type { Language } from '../../domain/language.ts';
import { type FollowDeps, follow, type News } from './follow.ts';

/** How long a browser waits before it connects again, in ms. */
const reconnectMs = 1_500;

export interface Listener {
  chat: string;
  language: Language;
  /** Where to resume: the id of the last event heard, or the history's cursor. */
  cursor: string;
}

/** The chat's news as server-sent events (WHATWG HTML § 9.2). Ends when the signal aborts or the database is lost; the browser then comes again. */
export function eventStream(deps: FollowDeps, listener: Listener, signal: AbortSignal): Readable {
  return Readable.from(frames(deps, listener, signal), { objectMode: false });
}

async function* frames(deps: FollowDeps, listener: Listener, signal: AbortSignal): AsyncGenerator<string> {
  yield `retry: ${reconnectMs}\n\n`;
  for await (const news of follow(deps, listener.chat, listener.language, listener.cursor, signal)) yield frame(news);
}

/** Without entries: a comment, which keeps proxies from closing the connection. */
function frame({ entries }: News): string {
  if (entries.length === 0) return ': \n\n';
  return entries.map((entry) => `id: ${entry.updatedAt}\ndata: ${JSON.stringify(entry)}\n\n`).join('');
}
