import { parseArgs } from 'node:util';
import { type Config, ConfigError } from '../config/env.ts';
import { loadConfig } from '../config/load.ts';
import { createContext } from './context.ts';
import { Failure } from './domain/failure.ts';
import { runIntelligence } from './run-intelligence.ts';
import { startService } from './service.ts';
import { untilSignal } from './signals.ts';

/** Composition root: configuration → context → the asked roles, until SIGINT or SIGTERM; then drains and lets go. */
async function main(): Promise<void> {
  const config = loadConfig(rolesAsked(process.argv.slice(2)));
  if (config.roles.size === 1 && config.roles.has('intelligence')) await runIntelligence(config);
  else await runService(config);
}

async function runService(config: Config): Promise<void> {
  await using context = await createContext(config);
  await using service = await startService(context);
  context.log.info({ roles: [...config.roles], address: service.address }, 'ready');
  if (service.address) process.stdout.write(`\n  Recibot: ${service.address}\n\n`);
  const signal = await untilSignal();
  context.log.info({ signal }, 'draining');
}

/** `--roles read,understand` wins over ROLES. @throws {ConfigError} for anything else on the command line. */
function rolesAsked(args: string[]) {
  try {
    const { roles } = parseArgs({ args, options: { roles: { type: 'string' } } }).values;
    return roles === undefined ? {} : { overrides: { ROLES: roles } };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`${why}\nUso / usage: npm start -- --roles channels,api,…`, { cause });
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof Failure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
