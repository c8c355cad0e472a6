import type { Logger } from 'pino';
import type { Tell } from '../channels/channel.ts';
import type { Clock } from '../domain/clock.ts';
import type { TicketCode } from '../domain/code.ts';
import type { EInvoice } from '../domain/e-invoice.ts';
import type { RateLimits } from '../domain/rate-limits.ts';
import type { Step } from '../pipeline/step.ts';
import type { ProviderMeter } from '../resilience/provider-metrics.ts';
import type { Allowances } from '../store/allowances.ts';
import type { ComplianceRecords } from '../store/compliance-records.ts';
import type { Credentials } from '../store/credentials.ts';
import type { Files } from '../store/files.ts';
import type { Tickets } from '../store/tickets.ts';
import type { RaiseAlert } from './alert.ts';
import { type AuthorityOptions, createAuthorities } from './authorities.ts';
import type { FiscalAuthority } from './authority.ts';
import type { BlobStore } from './backup/blob-store.ts';
import { type Backups, createBackups } from './backups.ts';
import { createCheck } from './check.ts';
import { complianceStep } from './compliance-step.ts';
import { createKeptCredentials, type KeptCredentials } from './dian/kept-credential.ts';
import { questionAbout } from './record-of.ts';
import { createRecover, type Recovered } from './recover.ts';
import { createSweep, type Swept } from './sweep.ts';
import { createResultTeller } from './tell-results.ts';

export interface ComplianceDeps {
  settings: { isOn: boolean; satUrl: string; dianUrl: string; rateLimits: RateLimits };
  records: ComplianceRecords;
  tickets: Tickets;
  files: Files;
  credentials: Credentials;
  allowances: Pick<Allowances, 'take'>;
  blobs: BlobStore;
  ownTaxIds(companyId: string): Promise<string[]>;
  tell: Tell;
  isSilent(channel: string): boolean;
  alert: RaiseAlert;
  meter: ProviderMeter;
  clock: Clock;
  log: Logger;
  /** Time limits of the authorities, where a test wants others. */
  limits?: Partial<Pick<AuthorityOptions, 'timeoutMs' | 'openMs'>>;
}

/** The checks of e-invoices with their tax authorities. */
export interface Compliance {
  readonly records: ComplianceRecords;
  readonly certificates: KeptCredentials;
  readonly backups: Backups;
  readonly step: Step;
  /** Whether an authority is asked about it. */
  concerns(invoice: EInvoice): boolean;
  /** The same of a printed invoice, by the codes on it. */
  concernsPrint(codes: readonly TicketCode[]): boolean;
  sweep(signal: AbortSignal): Promise<Swept>;
  recover(): Promise<Recovered>;
}

const minuteMs = 60_000;
/** Between two looks whether another question is allowed. */
const lookMs = 2_000;

export function createCompliance(deps: ComplianceDeps): Compliance {
  const { settings, records, allowances, clock, log } = deps;
  const certificates = createKeptCredentials(deps.credentials);
  const authorities = createAuthorities({ ...settings, ...deps, ...deps.limits, credentialOf: certificates.of });
  const check = createCheck({ ...deps, authorities });
  const backups = createBackups(deps);

  function mayAsk({ name }: FiscalAuthority): Promise<boolean> {
    const limit = name === 'SAT' ? 'tax_validation' : 'dian_validation';
    return allowances.take(limit, { times: settings.rateLimits[limit], perMs: minuteMs });
  }

  async function untilMayAsk(_authority: FiscalAuthority, signal: AbortSignal): Promise<void> {
    const limit = { times: settings.rateLimits.compliance_retry, perMs: minuteMs };
    while (!(await allowances.take('compliance_retry', limit))) await clock.sleep(lookMs, signal);
  }

  const { isOn } = settings;
  const tellResults = createResultTeller(deps);
  return {
    ...{ records, backups },
    certificates: {
      of: certificates.of,
      keep: async (companyId, ...given) => {
        const kept = await certificates.keep(companyId, ...given);
        await records.hasten(companyId, 'DIAN', clock.now());
        return kept;
      },
    },
    step: complianceStep({ ...deps, authorities, check: check.check, mayAsk }),
    concerns: (invoice) => isOn && questionAbout(authorities, { invoice, codes: [] }) !== null,
    concernsPrint: (codes) => isOn && questionAbout(authorities, { invoice: null, codes: [...codes] }) !== null,
    sweep: createSweep({ ...deps, authorities, check, backups, tellResults, untilMayAsk, log }),
    recover: createRecover({ ...deps, authorities, backups }),
  };
}
