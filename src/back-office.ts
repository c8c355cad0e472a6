import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config/env.ts';
import { type AccountingOffice, openAccounting } from './accounting/open-accounting.ts';
import type { Tell } from './channels/channel.ts';
import { silentChannels } from './channels/silent-channels.ts';
import { createBucketStore } from './compliance/backup/bucket.ts';
import { createFolderStore } from './compliance/backup/folder.ts';
import { type Compliance, createCompliance } from './compliance/compliance.ts';
import type { Clock } from './domain/clock.ts';
import { createAlertRaiser } from './jobs/raise-alert.ts';
import { scheduledJobs } from './jobs/scheduled/registry.ts';
import { createScheduler, type Scheduler } from './jobs/scheduler.ts';
import { createProviderMeter } from './resilience/provider-metrics.ts';
import type { Secrets } from './secrets/secrets.ts';
import { createAccountingCache } from './store/accounting-cache.ts';
import type { Alerts } from './store/alerts.ts';
import type { Allowances } from './store/allowances.ts';
import { createBookings } from './store/bookings.ts';
import { createComplianceRecords } from './store/compliance-records.ts';
import type { Store } from './store/connect.ts';
import { createCredentials } from './store/credentials.ts';
import type { Files } from './store/files.ts';
import type { FiscalProfiles } from './store/fiscal-profiles.ts';
import { createReports } from './store/reports.ts';
import type { Tickets } from './store/tickets.ts';

export interface BackOfficeDeps {
  config: Config;
  store: Store;
  tickets: Tickets;
  files: Files;
  secrets: Secrets;
  allowances: Allowances;
  tell: Tell;
  alerts: Alerts;
  fiscalProfiles: FiscalProfiles;
  defaultCompanyId: string;
  clock: Clock;
  log: Logger;
}

/** What follows once a document is understood: its tax authority, the books, and what is done by the clock. */
export interface BackOffice {
  compliance: Compliance;
  accounting: AccountingOffice;
  allowances: Allowances;
  /** The jobs by the clock; begin to run here when it is started. */
  openScheduler(): Promise<Scheduler>;
}

export async function openBackOffice(deps: BackOfficeDeps): Promise<BackOffice> {
  const { config, store, clock, log } = deps;
  const { backupBucket } = config.compliance;
  const meter = createProviderMeter();
  const credentials = createCredentials(store.connection, deps.secrets, clock);
  const raiser = createAlertRaiser(deps.alerts);
  const shared = { ...deps, meter, credentials, ownTaxIds };
  const cache = await createAccountingCache(store.connection, clock);
  const compliance = createCompliance({
    ...shared,
    ...{ settings: config.compliance, alert: raiser.compliance },
    records: await createComplianceRecords(store.connection),
    blobs: backupBucket ? createBucketStore(backupBucket, meter) : createFolderStore(join(config.dataDir, 'backups')),
    isSilent: (channel) => silentChannels.has(channel),
  });
  const accounting = openAccounting({
    ...shared,
    ...{ settings: config.accounting, cache, alertRefused: raiser.bookingRefused },
    bookings: await createBookings(store.connection),
  });
  const reports = createReports(store.connection);
  const jobs = scheduledJobs({ ...deps, settings: config.compliance, compliance, accounting, cache, reports });
  return { compliance, accounting, allowances: deps.allowances, openScheduler };

  async function ownTaxIds(companyId: string): Promise<string[]> {
    const profile = await deps.fiscalProfiles.of(companyId);
    return profile ? [profile.taxId] : [];
  }

  async function openScheduler(): Promise<Scheduler> {
    const { db } = store.connection;
    if (!db) throw new Error('the connection is closed');
    return createScheduler({ db, jobs, timeZone: config.timeZone, log });
  }
}
