import type { ScheduledJob } from '../scheduler.ts';
import { dayOf, type JobDeps } from './job-deps.ts';

/** Keeps how well Alegra's caches did in the week, then counts anew. */
export function cacheMetrics({ accounting, reports, clock }: JobDeps): ScheduledJob {
  return {
    ...{ name: 'cache-metrics', schedule: '0 4 * * 0' },
    description: 'Métricas de caché de la semana · Cache metrics of the week',
    run: async () => {
      const data = { ...(await accounting.cached.metrics()) };
      await reports.save({ id: `cache:${dayOf(clock)}`, kind: 'cache', at: clock.now(), data });
      accounting.cached.reset();
      return data;
    },
  };
}
