import type { Clock } from '../domain/clock.ts';
import type { AuthorityName } from '../domain/compliance.ts';
import type { ProviderMeter } from '../resilience/provider-metrics.ts';
import type { FiscalAuthority } from './authority.ts';
import { createDian } from './dian/dian.ts';
import type { Credential } from './dian/envelope.ts';
import { createSat } from './sat/sat.ts';

/** So many outages in a row, and an authority is left alone. */
export const outagesToOpen = 3;

export interface AuthorityOptions {
  satUrl: string;
  dianUrl: string;
  /** For one question; default 5 000 ms, as somebody waits for the answer. */
  timeoutMs: number;
  /** How long an authority that is away is left alone; default 30 000 ms. */
  openMs: number;
  meter: ProviderMeter;
  clock: Clock;
  /** A company's certificate; null where it gave none. */
  credentialOf(companyId: string): Promise<Credential | null>;
}

/** Every authority; each has its folder. */
const registry: Readonly<Record<AuthorityName, (options: AuthorityOptions) => FiscalAuthority>> = {
  SAT: createSat,
  DIAN: createDian,
};

export type Authorities = Readonly<Record<AuthorityName, FiscalAuthority>>;

export function createAuthorities(
  options: Omit<AuthorityOptions, 'timeoutMs' | 'openMs'> & Partial<AuthorityOptions>,
): Authorities {
  const whole = { timeoutMs: 5_000, openMs: 30_000, ...options };
  return { SAT: registry.SAT(whole), DIAN: registry.DIAN(whole) };
}
