import type { ScheduledJob } from '../scheduler.ts';
import { daysBefore, type JobDeps } from './job-deps.ts';

/** Removes copies of invoices that were settled long ago, and what is remembered of Alegra beyond its time. */
export function filesCleanup({ compliance, cache, settings, clock }: JobDeps): ScheduledJob {
  return {
    ...{ name: 'files-cleanup', schedule: '0 2 * * *' },
    description: 'Borra respaldos viejos · Removes old backups',
    run: async () => {
      await cache.forgetBefore(clock.now());
      return { backups: await compliance.backups.tidy(daysBefore(clock, settings.cleanupDays)) };
    },
  };
}
