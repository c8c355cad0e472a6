import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { describeRoute } from '../describe-route.ts';

export const Health = z.object({
  status: z.enum(['ready', 'starting', 'degraded']),
  /** One entry per part (database, bus, reader, …). */
  components: z.record(z.string(), z.object({ isReady: z.boolean(), detail: z.string().optional() })),
});
export type Health = z.infer<typeof Health>;

export const healthRoute = describeRoute({
  method: 'get',
  path: '/health',
  summary: '200 when the service is ready, 503 with what is not',
  response: Health,
});

export function createHealthRoute({ health }: { health(): Promise<Health> }): FastifyPluginAsync {
  return async function healthRoutes(app) {
    app.get(healthRoute.path, async (_request, reply) => {
      const found = await health();
      return reply.status(found.status === 'ready' ? 200 : 503).send(found);
    });
  };
}
