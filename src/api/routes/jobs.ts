import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { parse } from '../../http/parse.ts';
import type { Scheduler } from '../../jobs/scheduler.ts';
import { describeRoute } from '../describe-route.ts';

const JobPath = z.object({ name: z.string().regex(/^[\w-]{1,60}$/) });
const instant = z.iso.datetime().nullable();

const JobView = z.object({
  name: z.string(),
  /** Five-field cron in TIME_ZONE. */
  schedule: z.string(),
  description: z.string(),
  isPaused: z.boolean(),
  isRunning: z.boolean(),
  nextRunAt: instant,
  lastRunAt: instant,
  lastFinishedAt: instant,
  lastError: z.string().nullable(),
});

const jobsRoute = describeRoute({
  method: 'get',
  path: '/api/jobs',
  summary: 'What is done by the clock, for operators',
  response: z.object({ jobs: z.array(JobView) }),
  isAdmin: true,
});

const verbs = ['run', 'pause', 'resume'] as const;

const jobOrderRoutes = verbs.map((verb) =>
  describeRoute({
    method: 'post',
    path: `/api/jobs/:name/${verb}`,
    summary: { run: 'Runs a job now', pause: 'Pauses a job', resume: 'Lets a paused job go on' }[verb],
    params: JobPath,
    response: JobView,
    isAdmin: true,
  }),
);

export const jobRoutes = [jobsRoute, ...jobOrderRoutes];

export interface JobRoutesDeps {
  scheduler: Pick<Scheduler, 'list' | 'runNow' | 'pause' | 'resume'>;
}

export function createJobRoutes({ scheduler }: JobRoutesDeps): FastifyPluginAsync {
  const orders = { run: scheduler.runNow, pause: scheduler.pause, resume: scheduler.resume };

  return async function routes(app) {
    app.get(jobsRoute.path, async () => ({ jobs: await scheduler.list() }));
    for (const verb of verbs) {
      app.post(`/api/jobs/:name/${verb}`, async (request) => {
        const { name } = parse(JobPath, request.params);
        await orders[verb](name);
        return (await scheduler.list()).find((job) => job.name === name);
      });
    }
  };
}
