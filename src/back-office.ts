import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config/env.ts';
import type { Tell } from './channels/channel.ts';
import { silentChannels } from './channels/silent-channels.ts';
import type { RaiseAlert } from './compliance/alert.ts';
import { createBucketStore } from './compliance/backup/bucket.ts';
import { createFolderStore } from './compliance/backup/folder.ts';
import { type Compliance, createCompliance } from './compliance/compliance.ts';
import type { Clock } from './domain/clock.ts';
import { createProviderMeter } from './resilience/provider-metrics.ts';
import type { Secrets } from './secrets/secrets.ts';
import type { Allowances } from './store/allowances.ts';
import { createComplianceRecords } from './store/compliance-records.ts';
import type { Store } from './store/connect.ts';
import { createCredentials } from './store/credentials.ts';
import type { Files } from './store/files.ts';
import type { FiscalProfiles } from './store/fiscal-profiles.ts';
import type { Tickets } from './store/tickets.ts';

export interface BackOfficeDeps {
  config: Config;
  store: Store;
  tickets: Tickets;
  files: Files;
  secrets: Secrets;
  allowances: Allowances;
  tell: Tell;
  fiscalProfiles: FiscalProfiles;
  clock: Clock;
  log: Logger;
}

/** What follows once a document is understood: its tax authority, the books. */
export interface BackOffice {
  compliance: Compliance;
}

export async function openBackOffice(deps: BackOfficeDeps): Promise<BackOffice> {
  const { config, store, clock, log } = deps;
  const { backupBucket } = config.compliance;
  const meter = createProviderMeter();
  const credentials = createCredentials(store.connection, deps.secrets, clock);
  const compliance = createCompliance({
    ...deps,
    ...{ settings: config.compliance, meter, credentials, alert: raiseAlert(log) },
    records: await createComplianceRecords(store.connection),
    blobs: backupBucket ? createBucketStore(backupBucket, meter) : createFolderStore(join(config.dataDir, 'backups')),
    ownTaxIds: async (companyId) => {
      const profile = await deps.fiscalProfiles.of(companyId);
      return profile ? [profile.taxId] : [];
    },
    isSilent: (channel) => silentChannels.has(channel),
  });
  return { compliance };
}

function raiseAlert(log: Logger): RaiseAlert {
  return async ({ what, companyId, detail }) => {
    log.error({ what, companyId, detail }, 'somebody has to look');
  };
}
