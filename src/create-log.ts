import { type Logger, pino } from 'pino';
import type { Config } from '../config/env.ts';

/** Lines of JSON; on a terminal, lines for people. */
export function createLog({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  const pretty = process.stdout.isTTY
    ? { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } } }
    : {};
  return pino({ level: logLevel, ...pretty });
}
