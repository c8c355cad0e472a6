import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyPluginAsync, LogController } from 'fastify';
import type { Logger } from 'pino';
import type { Intake } from '../channels/channel.ts';
import type { Clock } from '../domain/clock.ts';
import { Failure } from '../domain/failure.ts';
import type { Language } from '../domain/language.ts';
import type { Ticket } from '../domain/ticket.ts';
import { createErrorHandler, type DescribeFailure } from '../http/error-handler.ts';
import { uploadLimits } from '../http/spooled-upload.ts';
import { createDrain } from './drain.ts';
import { createPage } from './page.ts';
import { type ChannelRoutesDeps, createChannelRoutes } from './routes/channels.ts';
import { createHealthRoute, type Health } from './routes/health.ts';
import { createMetricsRoute } from './routes/metrics.ts';
import { createOpenApiRoute } from './routes/openapi.ts';
import { createTicketRoutes } from './routes/tickets.ts';
import { createUploadRoute } from './routes/upload.ts';
import { requireApiKey, requireKnownHost, requireSameOrigin, securityHeaders } from './security.ts';

export interface ApiDeps extends ChannelRoutesDeps {
  /** For operators: channels and metrics. */
  adminKey: string;
  /** What is measured, in Prometheus' text format. */
  metrics: { contentType: string; metrics(): Promise<string> };
  config: { apiKey?: string | undefined; allowedHosts: readonly string[] };
  companyId: string;
  /** Where no request says otherwise. */
  language: Language;
  tickets: {
    get(companyId: string, id: string): Promise<Ticket | null>;
    latest(companyId: string, options: { limit: number }): Promise<Ticket[]>;
  };
  files: { get(sha256: string): Promise<Buffer> };
  intake: Intake;
  describeFailure: DescribeFailure;
  health(): Promise<Health>;
  /** Folder of the built page. */
  pageDir: string;
  /** Routes that channels bring, with an access control of their own, such as the web chat's. */
  channelRoutes: readonly FastifyPluginAsync[];
  /** Routes of parts that not every API has: whoever knows the way, the API's key, or the administrator's opens them. */
  moreRoutes?: Record<'open' | 'guarded' | 'admin', readonly FastifyPluginAsync[]>;
  clock: Clock;
  log: Logger;
}

/** A stranger's slow upload is cut off after this long. */
const requestTimeoutMs = 120_000;

/** The HTTP service, ready to `listen` or `inject`; the caller closes it. */
export async function createApi(deps: ApiDeps): Promise<FastifyInstance> {
  const { config, language, describeFailure } = deps;
  const loggerInstance: FastifyBaseLogger = deps.log;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: requestTimeoutMs,
    bodyLimit: uploadLimits.fileBytes,
    forceCloseConnections: true,
    // A TLS proxy on this machine says who the client is and that it came by https, which makes the chat's cookie `Secure`.
    trustProxy: 'loopback',
  });
  const drain = createDrain(app, deps.clock);
  app.setErrorHandler(createErrorHandler(describeFailure, language));
  app.setNotFoundHandler(() => {
    throw new Failure('not-found', 'ask', 'no such route');
  });
  app.addHook('onRequest', securityHeaders);
  app.addHook('onRequest', requireKnownHost(config.allowedHosts));
  app.addHook('onRequest', requireSameOrigin);
  await app.register(cookie);
  await app.register(multipart, { throwFileSizeLimit: false });
  await app.register(createHealthRoute(deps));
  for (const routes of [...deps.channelRoutes, ...(deps.moreRoutes?.open ?? [])]) await app.register(routes);
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', requireApiKey(config.apiKey));
    await guarded.register(createUploadRoute(deps));
    await guarded.register(createTicketRoutes(deps));
    await guarded.register(createOpenApiRoute());
    for (const routes of deps.moreRoutes?.guarded ?? []) await guarded.register(routes);
  });
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', requireApiKey(deps.adminKey));
    await guarded.register(createChannelRoutes(deps));
    for (const routes of deps.moreRoutes?.admin ?? []) await guarded.register(routes);
  });
  await app.register(createMetricsRoute(deps));
  await app.register(createPage(deps.pageDir));
  await app.register(drain);
  return app;
}
