import { ConfigError } from '../config/env.ts';
import { loadConfig } from '../config/load.ts';
import { createContext } from './context.ts';
import { Failure } from './domain/failure.ts';
import { startService } from './service.ts';
import { untilSignal } from './signals.ts';

/** Composition root: configuration → context → the asked roles, until SIGINT or SIGTERM; then drains and lets go. */
async function main(): Promise<void> {
  const config = loadConfig();
  await using context = await createContext(config);
  await using service = await startService(context);
  context.log.info({ roles: [...config.roles], address: service.address }, 'ready');
  if (service.address) process.stdout.write(`\n  Recibot: ${service.address}\n\n`);
  const signal = await untilSignal();
  context.log.info({ signal }, 'draining');
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof Failure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
