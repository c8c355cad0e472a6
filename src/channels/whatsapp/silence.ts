import type { WASocket } from '@whiskeysockets/baileys';
import type { Clock } from '../../domain/clock.ts';

/** What WhatsApp tells of itself. Answers to our own questions (iq) do not count: a deaf connection still answers pings. */
const signsOfLife = ['message', 'receipt', 'notification', 'presence', 'chatstate', 'call', 'ib', 'ack'];

/** Notices an open connection over which nothing is told any more (Baileys#2491). */
export function createSilence({ clock, limitMs }: { clock: Clock; limitMs: number }) {
  let heardAt = clock.now().getTime();

  function hear(): void {
    heardAt = clock.now().getTime();
  }

  return {
    listen(ws: WASocket['ws']): void {
      for (const tag of signsOfLife) ws.on(`CB:${tag}`, hear);
    },
    /** Resolves with true when it has been silent for too long, false when the signal aborts before. */
    watch: async (signal: AbortSignal): Promise<boolean> => {
      hear();
      while (!signal.aborted) {
        const leftMs = heardAt + limitMs - clock.now().getTime();
        if (leftMs <= 0) return true;
        await clock.sleep(leftMs, signal).catch(() => undefined);
      }
      return false;
    },
  };
}
