import type { ILogger } from '@whiskeysockets/baileys/lib/Utils/logger.js';
import type { Logger } from 'pino';

/** Baileys' own log says who wrote what: only its fixed words and an error's message are passed on, two levels down. */
export function createBaileysLog(log: Logger): ILogger {
  const quiet = () => undefined;
  const own: ILogger = {
    level: 'warn',
    child: () => own,
    trace: quiet,
    debug: quiet,
    info: quiet,
    warn: (about, message) => log.trace({ error: errorOf(about) }, `baileys: ${wordsOf(about, message)}`),
    error: (about, message) => log.debug({ error: errorOf(about) }, `baileys: ${wordsOf(about, message)}`),
  };
  return own;
}

function wordsOf(about: unknown, message: string | undefined): string {
  return message ?? (typeof about === 'string' ? about : '');
}

function errorOf(about: unknown): string | undefined {
  if (typeof about !== 'object' || about === null) return undefined;
  const error = 'err' in about ? about.err : 'error' in about ? about.error : null;
  return error instanceof Error ? error.message : undefined;
}
