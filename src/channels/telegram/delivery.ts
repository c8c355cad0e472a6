import type { Logger } from 'pino';
import { Failure } from '../../domain/failure.ts';
import type { Pace } from '../pace.ts';
import { TelegramError } from './bot-api.ts';

/** `blocked`: the person does not want us any more; `refused`: Telegram will never take this. Both are final. */
export type Delivered<T> = { kind: 'sent'; value: T } | { kind: 'blocked' } | { kind: 'refused'; reason: string };

/** Longer than this nobody is kept waiting: the bus has the message and brings it again. */
const maxWaitMs = 60_000;
const attempts = 3;

/**
 * Sends something to a chat in its turn. telegraf repeats no send, so what follows a refusal is decided here:
 *
 * | Telegram says        | what follows                                                   |
 * |----------------------|----------------------------------------------------------------|
 * | 429 with retry_after | waits, at most 60 s, three times; then Failure `retry`         |
 * | 403                  | `blocked`                                                      |
 * | other 4xx            | `refused`, logged with the reason                              |
 * | 401, 5xx, no network | Failure `channel-unavailable` (retry)                          |
 */
export function createDelivery({ pace, log }: { pace: Pace; log: Logger }) {
  return async function deliver<T>(chat: string, send: () => Promise<T>): Promise<Delivered<T>> {
    for (let attempt = 1; ; attempt += 1) {
      await pace.turn(chat);
      try {
        return { kind: 'sent', value: await send() };
      } catch (error) {
        const waitMs = retryAfterMs(error);
        if (waitMs === null) return settle(error, log);
        log.warn({ waitMs, attempt }, 'Telegram asks to send more slowly');
        pace.holdOff(chat, Math.min(waitMs, maxWaitMs));
        if (attempt === attempts || waitMs > maxWaitMs) throw tooFast(waitMs, error);
      }
    }
  };
}

export type Deliver = ReturnType<typeof createDelivery>;

function retryAfterMs(error: unknown): number | null {
  if (!(error instanceof TelegramError) || error.code !== 429) return null;
  const seconds = Number(error.parameters && 'retry_after' in error.parameters ? error.parameters.retry_after : 1);
  return (Number.isFinite(seconds) && seconds > 0 ? seconds : 1) * 1_000;
}

function settle(error: unknown, log: Logger): { kind: 'blocked' } | { kind: 'refused'; reason: string } {
  if (!(error instanceof TelegramError) || error.code >= 500 || error.code === 401) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Failure('channel-unavailable', 'retry', `Telegram cannot be reached: ${message}`, { cause: error });
  }
  const { code, description: reason } = error;
  if (code === 403) {
    log.info({ reason }, 'the person has blocked the bot');
    return { kind: 'blocked' };
  }
  if (!isUnchanged(reason)) log.error({ code, reason }, 'Telegram refused a message');
  return { kind: 'refused', reason };
}

/** An edit that changes nothing is refused, although the chat shows what it should. */
export function isUnchanged(reason: string): boolean {
  return reason.includes('message is not modified');
}

function tooFast(waitMs: number, cause: unknown): Failure {
  return new Failure('channel-unavailable', 'retry', `Telegram wants no message for ${waitMs} ms`, { cause });
}
