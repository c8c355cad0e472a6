import { existsSync } from 'node:fs';
import { type Config, readConfig } from './env.ts';

/** The only reader of process.env: `.env` in the working folder first (what is set already wins), then the environment. */
export function loadConfig(overrides: Record<string, string | undefined> = {}): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readConfig({ ...process.env, ...overrides });
}
