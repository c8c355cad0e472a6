import { pino } from 'pino';
import { loadConfig } from '../../config/load.ts';
import { type AppContext, createContext } from '../context.ts';

/** The service's context for a command: the same database and queues, logs on standard error and only what is wrong. */
export async function openContext(roles: string): Promise<AppContext> {
  const config = loadConfig({ defaults: { LOG_LEVEL: 'error' }, overrides: { ROLES: roles } });
  return createContext(config, { log: pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true })) });
}
