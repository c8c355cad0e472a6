import type { ScheduledJob } from '../scheduler.ts';
import { daysBefore, type JobDeps } from './job-deps.ts';

/** Shortens the history of records that were settled long ago; the records stay, as the law wants proof for years (CFF art. 30). */
export function complianceCleanup({ compliance, settings, clock }: JobDeps): ScheduledJob {
  return {
    ...{ name: 'compliance-cleanup', schedule: '0 3 * * *' },
    description: 'Resume el historial de facturas resueltas · Shortens the history of settled invoices',
    run: async () => ({
      shortened: await compliance.records.shortenHistories(daysBefore(clock, settings.cleanupDays)),
    }),
  };
}
