import type { Logger } from 'pino';
import type { Clock } from '../../domain/clock.ts';
import { createChannelState } from '../channel-state.ts';
import { TelegramError } from './bot-api.ts';

interface Remedy {
  /** What an operator does about it. */
  what: string;
  level: 'warn' | 'error';
  maxPauseMs: number;
}

/** A wrong token mends itself only when somebody acts; a break of the network ends by itself and is looked at more often. */
const remedies: Readonly<Record<'token' | 'conflict' | 'other', Remedy>> = {
  token: {
    what: 'Telegram refuses the token: check TELEGRAM_BOT_TOKEN, or make a new one with /token at @BotFather',
    level: 'error',
    maxPauseMs: 300_000,
  },
  conflict: {
    what: 'Another process receives with this token: stop it, or give this one a bot of its own',
    level: 'error',
    maxPauseMs: 60_000,
  },
  other: { what: 'Telegram cannot be reached; it is tried again', level: 'warn', maxPauseMs: 30_000 },
};
const firstPauseMs = 1_000;

/**
 * Keeps `receive` running on the same bot until the signal aborts: what ends it (401, 409, a broken network) is logged with what to
 * do, and it is launched again after a pause that doubles. `receive` calls `isUp` whenever it has heard from Telegram.
 */
export function createSupervisor({ clock, log }: { clock: Clock; log: Logger }) {
  const { state, enter } = createChannelState(clock);
  let failures = 0;

  function isUp(): void {
    if (state().status !== 'receiving') log.info('Telegram answers; receiving');
    failures = 0;
    enter('receiving');
  }

  async function pauseAfter(error: unknown, signal: AbortSignal): Promise<void> {
    const { what, level, maxPauseMs } = remedyOf(error);
    const asked = retryAfterMs(error);
    const pauseMs = asked ?? Math.min(maxPauseMs, firstPauseMs * 2 ** failures);
    failures += 1;
    const message = error instanceof Error ? error.message : String(error);
    enter('retrying', message);
    // Once a minute is enough for a state that lasts.
    log[failures === 1 ? level : 'info']({ error: message, failures, pauseMs }, what);
    await clock.sleep(pauseMs, signal).catch(() => undefined);
  }

  return {
    state,
    run: async (receive: (signal: AbortSignal, isUp: () => void) => Promise<void>, signal: AbortSignal) => {
      enter('starting', null);
      while (!signal.aborted) {
        try {
          await receive(signal, isUp);
        } catch (error) {
          if (!signal.aborted) await pauseAfter(error, signal);
        }
      }
      enter('stopped');
    },
  };
}

function remedyOf(error: unknown): Remedy {
  const code = error instanceof TelegramError ? error.code : 0;
  // 404 is what the API says to a token of a wrong form.
  if (code === 401 || code === 404) return remedies.token;
  return code === 409 ? remedies.conflict : remedies.other;
}

/** At most ten minutes, whatever Telegram says. */
function retryAfterMs(error: unknown): number | null {
  if (!(error instanceof TelegramError) || !error.parameters || !('retry_after' in error.parameters)) return null;
  return Math.min(600, Math.max(1, Number(error.parameters.retry_after))) * 1_000;
}
