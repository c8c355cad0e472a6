import type { Clock } from '../../domain/clock.ts';

/** Telegram: about one message a second in a chat, twenty a minute in a group, thirty a second in all (Bot FAQ, 2026). */
export const telegramPace = { chatMs: 1_000, groupMs: 3_000, overallMs: 40 };
export type PaceLimits = typeof telegramPace;

const maxChats = 10_000;

/** Spreads what is sent so that Telegram has no reason to refuse it. When the signal aborts nobody waits any longer: turns reject. */
export function createPace(clock: Clock, limits: PaceLimits, signal?: AbortSignal) {
  const nextOfChat = new Map<string, number>();
  let nextOfAll = 0;

  function now(): number {
    return clock.now().getTime();
  }

  function reserve(chat: string): number {
    const at = Math.max(now(), nextOfChat.get(chat) ?? 0);
    nextOfChat.set(chat, at + (chat.startsWith('-') ? limits.groupMs : limits.chatMs));
    if (nextOfChat.size > maxChats) forgetThePast();
    return at;
  }

  function forgetThePast(): void {
    for (const [chat, at] of nextOfChat) if (at <= now()) nextOfChat.delete(chat);
  }

  async function sleepUntil(at: number): Promise<void> {
    const ms = at - now();
    if (ms > 0) await clock.sleep(ms, signal);
  }

  return {
    /** Resolves when the chat's next message may go. */
    turn: async (chat: string): Promise<void> => {
      await sleepUntil(reserve(chat));
      const at = Math.max(now(), nextOfAll);
      nextOfAll = at + limits.overallMs;
      await sleepUntil(at);
    },
    /** Telegram asked to be left alone. */
    holdOff: (chat: string, ms: number): void => {
      nextOfChat.set(chat, Math.max(nextOfChat.get(chat) ?? 0, now() + ms));
    },
  };
}

export type Pace = ReturnType<typeof createPace>;
