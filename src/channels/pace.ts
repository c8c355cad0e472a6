import type { Clock } from '../domain/clock.ts';

/** Shortest time between two messages of ours in one chat, in one group, and in all. */
export interface PaceLimits {
  chatMs: number;
  groupMs: number;
  overallMs: number;
}

const maxChats = 10_000;

/** Spreads what is sent so that a messenger has no reason to refuse it. When the signal of that time aborts nobody waits any longer: turns reject. */
export function createPace(
  clock: Clock,
  limits: PaceLimits,
  isGroup: (chat: string) => boolean,
  signal?: () => AbortSignal,
) {
  const nextOfChat = new Map<string, number>();
  let nextOfAll = 0;

  function now(): number {
    return clock.now().getTime();
  }

  function reserve(chat: string): number {
    const at = Math.max(now(), nextOfChat.get(chat) ?? 0);
    nextOfChat.set(chat, at + (isGroup(chat) ? limits.groupMs : limits.chatMs));
    if (nextOfChat.size > maxChats) forgetThePast();
    return at;
  }

  function forgetThePast(): void {
    for (const [chat, at] of nextOfChat) if (at <= now()) nextOfChat.delete(chat);
  }

  async function sleepUntil(at: number): Promise<void> {
    const ms = at - now();
    if (ms > 0) await clock.sleep(ms, signal?.());
  }

  return {
    /** Resolves when the chat's next message may go. */
    turn: async (chat: string): Promise<void> => {
      await sleepUntil(reserve(chat));
      const at = Math.max(now(), nextOfAll);
      nextOfAll = at + limits.overallMs;
      await sleepUntil(at);
    },
    /** The messenger asked to be left alone. */
    holdOff: (chat: string, ms: number): void => {
      nextOfChat.set(chat, Math.max(nextOfChat.get(chat) ?? 0, now() + ms));
    },
  };
}

export type Pace = ReturnType<typeof createPace>;
