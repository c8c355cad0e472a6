import { statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../config/env.ts';
import { createApi } from './api/api.ts';
import { createAccountingRoutes, createAlegraHook } from './api/routes/accounting.ts';
import type { Health } from './api/routes/health.ts';
import { createJobRoutes } from './api/routes/jobs.ts';
import { understandingRoutes } from './api/understanding-routes.ts';
import type { Consumer, Handler } from './bus/bus.ts';
import type { Channel } from './channels/channel.ts';
import { startKeeper } from './channels/keeper.ts';
import { channelNames, createChannels } from './channels/registry.ts';
import { type AppContext, defaultCompanyId } from './context.ts';
import { answerQueue, bookQueue, flow, route } from './flow.ts';
import { checkHealth } from './health.ts';
import { removeStaleUploads } from './http/stale-uploads.ts';
import { startIntelligence } from './intelligence/start.ts';
import { startForgetting } from './jobs/forget.ts';
import type { Scheduler } from './jobs/scheduler.ts';
import { startSweeper } from './jobs/sweeper.ts';
import { registerLookups } from './metrics.ts';
import { checkChannels, checkDisk, checkQueues, checkReader } from './notifier/alerts/checks.ts';
import { createOutage, outageKey } from './notifier/alerts/outage.ts';
import { createAlertTeller } from './notifier/alerts/teller.ts';
import { type Finding, startWatch } from './notifier/alerts/watch.ts';
import { startBatching } from './notifier/batch/batcher.ts';
import { describeFailure } from './notifier/describe.ts';
import { createAnswerTicket, createNotifier } from './notifier/notifier.ts';
import { startPostman } from './notifier/postman.ts';
import { maxFileBytes } from './pipeline/read/identify-file.ts';
import { createRunner, TicketMessage } from './pipeline/runner.ts';
import { keptKey } from './secrets/kept-key.ts';
import { withinTimeLimit } from './store/database-retry.ts';

const pageDir = fileURLToPath(new URL('../dist/web', import.meta.url));
/** A database that has not answered by then counts as away. */
const pingWithinMs = 5_000;
const adminKeyName = 'admin-api-key';
/** Answers of one channel sent at once by one process. */
const answersAtOnce = 4;
/** Purchases put into the books at once by one process: those of one company share its rate limit. */
const bookingsAtOnce = 4;

/** What a running process holds; disposing stops taking in work, lets what is in hand end, then lets go. */
export interface Service extends AsyncDisposable {
  /** Where the page and the API are, or null when this process does not serve them. */
  address: string | null;
}

/** Starts the roles that the configuration asks for. What begins last, receiving documents, ends first. */
export async function startService(context: AppContext): Promise<Service> {
  await using cleanup = new AsyncDisposableStack();
  const { roles } = context.config;
  for (const consumer of await startSteps(context)) cleanup.defer(() => consumer.stop());
  if (roles.has('understand')) await startBooking(context, cleanup);
  if (roles.has('jobs')) {
    cleanup.use(startSweeper({ ...context, route }));
    cleanup.use(startForgetting(context));
    await cleanup.use(await context.openScheduler()).start();
    cleanup.use(startBatching(context.batcher, context.clock, context.log));
  }
  const channels = createChannels(channelDeps(context));
  if (roles.has('channels')) {
    const { orders, states, clock, log } = context;
    const answer = (channel: Channel) => answerTo(context, channel);
    const instance = `${hostname()}:${process.pid}`;
    cleanup.use(await startKeeper({ channels, orders, states, answer, instance, clock, log }));
    cleanup.use(startPostman({ ...context, channels, answerLater: createAnswerTicket(context) }));
  }
  if (roles.has('jobs')) cleanup.use(startWatching(context, channels));
  if (roles.has('intelligence')) {
    const { config, live: understanding, clock, log } = context;
    cleanup.use(await startIntelligence(config, { reader: await context.reader(), understanding, clock, log }));
  }
  const address = roles.has('api') ? await startApi(context, channels, cleanup) : null;
  const held = cleanup.move();
  return { address, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

/** The consumers of the pipeline's queues that belong to this process's roles. */
async function startSteps(context: AppContext): Promise<Consumer[]> {
  const run = createRunner(context);
  const mine = flow.filter(({ role }) => context.config.roles.has(role));
  const steps = await Promise.all(mine.map(async (part) => ({ part, step: await part.build(context) })));
  return Promise.all(
    steps.map(({ part, step }) =>
      context.bus.consume(part.queue, run(step), { concurrency: part.concurrency(context) }),
    ),
  );
}

/** Purchases go into the books beside their answers; what cannot be booked now, the job `accounting-retries` tries again. */
async function startBooking({ bus, tickets, accounting }: AppContext, cleanup: AsyncDisposableStack): Promise<void> {
  const book: Handler = async ({ payload }) => {
    const at = await tickets.load(TicketMessage.parse(payload).ticketId);
    if (at?.ticket.stage === 'COMPLETED') await accounting.books.book(at.ticket);
  };
  const consumer = await bus.consume(bookQueue, book, { concurrency: bookingsAtOnce });
  cleanup.defer(() => consumer.stop());
}

/** Raises and tells alerts about what can be seen from here: the database, the bus, all channels, this machine's disk. */
function startWatching(context: AppContext, channels: Channel[]): AsyncDisposable {
  const { config, alerts, store, language, clock, log } = { ...context, language: context.config.language };
  const settings = config.alerts;
  const ping = () => withinTimeLimit(async () => store.connection.db?.command({ ping: 1 }), pingWithinMs);
  const checks = [
    checkChannels(context),
    checkQueues({ ...context, queues: allQueues() }),
    checkDisk(config.dataDir, statfs),
    checkReader(context),
    // Whoever can look sees that it is there again.
    async (): Promise<Finding[]> => [[outageKey, null]],
  ];
  const outage = createOutage({ ping, alerts, channels, chat: settings.chat, language, clock });
  const { tellAll } = createAlertTeller({ ...context, settings, language });
  return startWatch({ alerts, checks, tellAll, outage, clock, log });
}

function allQueues(): string[] {
  return [...flow.map(({ queue }) => queue), bookQueue, ...channelNames.map(answerQueue)];
}

function answerTo(context: AppContext, channel: Channel): Promise<Consumer> {
  const handler = createNotifier(context)(channel);
  return context.bus.consume(answerQueue(channel.name), handler, { concurrency: answersAtOnce });
}

async function startApi(context: AppContext, channels: Channel[], cleanup: AsyncDisposableStack): Promise<string> {
  const { host, port } = context.config.http;
  await removeStaleUploads(context.clock.now());
  const channelRoutes = channels.flatMap(({ routes }) => (routes ? [routes] : []));
  const { states, orders, outgoing, metrics, config } = context;
  registerLookups(metrics, { ...context, queues: allQueues() });
  const shared = { ...channelDeps(context), states, orders, outgoing, metrics, adminKey: await adminKey(context) };
  const office = backOfficeRoutes(context, await context.openScheduler());
  const { live, lessons, tickets, clock } = context;
  const own = understandingRoutes({ rules: live.rules, lessons, tickets, clock, companyId: defaultCompanyId });
  const moreRoutes = {
    ...office,
    guarded: [...office.guarded, ...own.guarded],
    admin: [...office.admin, ...own.admin],
  };
  const api = await createApi({ ...shared, config: config.http, pageDir, channelRoutes, moreRoutes, health });
  cleanup.defer(() => api.close());
  try {
    const address = await api.listen({ host, port });
    context.publicAddress.listensAt(address);
    return address;
  } catch (cause) {
    throw new ConfigError(cannotListen(host, port, cause), { cause });
  }

  async function health(): Promise<Health> {
    return checkHealth(context);
  }
}

function backOfficeRoutes({ config, allowances, accounting, clock }: AppContext, scheduler: Scheduler) {
  const limit = { times: config.compliance.rateLimits.report_generation, perMs: 60_000 };
  const mayReport = () => allowances.take('report_generation', limit);
  const deps = { companyId: defaultCompanyId, language: config.language, accounting, mayReport, clock };
  return {
    open: [createAlegraHook(deps)],
    guarded: [createAccountingRoutes(deps)],
    admin: [createJobRoutes({ scheduler })],
  };
}

/** The operator's own, else one that is made and kept; the log says where, never what it is. */
async function adminKey({ config, log }: AppContext): Promise<string> {
  if (config.http.adminApiKey !== undefined) return config.http.adminApiKey;
  const key = await keptKey(config.dataDir, adminKeyName);
  log.info(
    { file: join(config.dataDir, 'keys', adminKeyName) },
    'the admin key, for /canales and /api/channels, is kept here',
  );
  return key;
}

function cannotListen(host: string, port: number, cause: unknown): string {
  const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return `No se puede escuchar en ${host}:${port} (${why}). ¿Ya corre Recibot u otro programa ahí? Elige otro PORT o HOST.
Cannot listen on ${host}:${port} (${why}). Is Recibot, or another program, running there? Choose another PORT or HOST.`;
}

function channelDeps(context: AppContext) {
  const { config, clock, log, intake, tickets, files } = context;
  return {
    ...{ clock, log, intake, tickets, files, describeFailure, companyId: defaultCompanyId, tell: context.tell },
    ...{
      telegram: config.telegram,
      gmail: context.gmail,
      whatsapp: context.whatsapp,
      conversation: context.conversation,
      updates: context.updates,
      cards: context.cards,
      previews: context.previews,
    },
    ...{ messages: context.messages, inboxDir: config.inboxDir, language: config.language, maxBytes: maxFileBytes },
  };
}
