import { isIP } from 'node:net';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { describeRoute } from '../describe-route.ts';
import { requireApiKey } from '../security.ts';

export const metricsRoute = describeRoute({
  method: 'get',
  path: '/metrics',
  summary: 'What is measured, for Prometheus: without a key from this machine, else with the admin key',
  isAdmin: true,
});

export interface MetricsRouteDeps {
  adminKey: string;
  metrics: { contentType: string; metrics(): Promise<string> };
}

export function createMetricsRoute({ adminKey, metrics }: MetricsRouteDeps): FastifyPluginAsync {
  const requireAdmin = requireApiKey(adminKey);

  return async function metricsRoutes(app) {
    app.get(metricsRoute.path, async (request, reply) => {
      if (!isFromThisMachine(request)) await requireAdmin(request, reply);
      return reply.header('content-type', metrics.contentType).send(await metrics.metrics());
    });
  };
}

/** Reached by an address of this machine under an address of this machine: a proxy beside us brings strangers under a name, or says for whom. */
function isFromThisMachine({ ip, headers }: FastifyRequest): boolean {
  const host = (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const isForwarded = Object.keys(headers).some((name) => /^(x-)?forwarded|^via$|^x-real-ip$/.test(name));
  return !isForwarded && isLoopback(ip) && (host === 'localhost' || isLoopback(host));
}

function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && (address === '::1' || /^(::ffff:)?127\./.test(address));
}
