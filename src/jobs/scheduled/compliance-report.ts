import type { ScheduledJob } from '../scheduler.ts';
import { dayOf, daysBefore, type JobDeps } from './job-deps.ts';

/** How the invoices of the last day and of all time stand. */
export function complianceReport({ compliance, reports, clock }: JobDeps): ScheduledJob {
  return {
    ...{ name: 'compliance-report', schedule: '0 8 * * *' },
    description: 'Reporte de cumplimiento · Compliance report',
    run: async () => {
      const all = await compliance.records.counts();
      const lastDay = await compliance.records.counts({ since: daysBefore(clock, 1) });
      const count = (status: string) =>
        all.filter((one) => one.status === status).reduce((sum, one) => sum + one.count, 0);
      const total = all.reduce((sum, one) => sum + one.count, 0);
      const share = total === 0 ? 1 : count('VALIDATED') / total;
      const data = { total, validatedShare: Math.round(share * 1_000) / 1_000, all, lastDay };
      await reports.save({ id: `compliance:${dayOf(clock)}`, kind: 'compliance', at: clock.now(), data });
      return data;
    },
  };
}
