import type { ScheduledJob } from '../scheduler.ts';
import { dayOf, type JobDeps } from './job-deps.ts';

/** How many documents stand where, and what the outside calls came to. */
export function performanceReport({ tickets, accounting, reports, clock }: JobDeps): ScheduledJob {
  return {
    ...{ name: 'performance-report', schedule: '0 7 * * 1' },
    description: 'Reporte semanal de rendimiento · Weekly performance report',
    run: async () => {
      const stages = Object.fromEntries(await tickets.countByStage());
      const bookings = await accounting.bookings.counts();
      const data = { stages, bookings, alegraCalls: accounting.connections.calls() };
      await reports.save({ id: `performance:${dayOf(clock)}`, kind: 'performance', at: clock.now(), data });
      return data;
    },
  };
}
