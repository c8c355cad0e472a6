import { existsSync } from 'node:fs';
import { type Config, readConfig } from './env.ts';

type Variables = Record<string, string | undefined>;

/**
 * The only reader of process.env: `.env` in the working folder first (what is set already wins), then the environment.
 * `defaults` stand in for what neither names; `overrides` win over both.
 */
export function loadConfig({ defaults, overrides }: { defaults?: Variables; overrides?: Variables } = {}): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readConfig({ ...defaults, ...process.env, ...overrides });
}
