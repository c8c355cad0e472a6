import type { ScheduledJob } from '../scheduler.ts';
import { accountingRetries } from './accounting-retries.ts';
import { alegraContacts, alegraItems } from './alegra-sync.ts';
import { cacheMetrics } from './cache-metrics.ts';
import { complianceCleanup } from './compliance-cleanup.ts';
import { complianceReport } from './compliance-report.ts';
import { complianceRetries } from './compliance-retries.ts';
import { filesCleanup } from './files-cleanup.ts';
import type { JobDeps } from './job-deps.ts';
import { performanceReport } from './performance-report.ts';

/** Everything that is done by the clock, with the hours of seed 2. */
const jobs: readonly ((deps: JobDeps) => ScheduledJob)[] = [
  complianceRetries,
  accountingRetries,
  alegraContacts,
  alegraItems,
  filesCleanup,
  complianceCleanup,
  complianceReport,
  cacheMetrics,
  performanceReport,
];

export function scheduledJobs(deps: JobDeps): ScheduledJob[] {
  return jobs.map((create) => create(deps));
}
