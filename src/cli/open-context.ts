import { pino } from 'pino';
import { loadConfig } from '../../config/load.ts';
import { type AppContext, createContext } from '../context.ts';

/** The service's context for a command: the same database and queues, logs on standard error and only what is wrong. */
export async function openContext(overrides: Record<string, string | undefined> = {}): Promise<AppContext> {
  const config = loadConfig({ ROLES: 'read,understand,jobs', ...overrides });
  const level = process.env['LOG_LEVEL'] ? config.logLevel : 'error';
  return createContext(config, { log: pino({ level }, pino.destination({ dest: 2, sync: true })) });
}
