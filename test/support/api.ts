import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { openAccounting } from '../../src/accounting/open-accounting.ts';
import { type ApiDeps, createApi } from '../../src/api/api.ts';
import { createAccountingRoutes, createAlegraHook } from '../../src/api/routes/accounting.ts';
import { createJobRoutes } from '../../src/api/routes/jobs.ts';
import { understandingRoutes } from '../../src/api/understanding-routes.ts';
import { createWebChat } from '../../src/channels/webchat/webchat.ts';
import { createScheduler } from '../../src/jobs/scheduler.ts';
import { describeFailure } from '../../src/notifier/describe.ts';
import { createPreviewer } from '../../src/pipeline/preview/preview.ts';
import { createProviderMeter } from '../../src/resilience/provider-metrics.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { createAccountingCache } from '../../src/store/accounting-cache.ts';
import { createBookings } from '../../src/store/bookings.ts';
import { createChannelOrders } from '../../src/store/channel-orders.ts';
import { createChannelStates } from '../../src/store/channel-states.ts';
import { createChatMessages } from '../../src/store/chat-messages.ts';
import { createCredentials } from '../../src/store/credentials.ts';
import { createLessons } from '../../src/store/lessons.ts';
import { createOutgoingBox } from '../../src/store/outgoing.ts';
import { createPreviews } from '../../src/store/previews.ts';
import { aConversationOn } from './conversation.ts';
import { aPipeline } from './pipeline.ts';
import { aRulesDesk } from './rules-desk.ts';
import { quiet } from './store.ts';

export const adminKey = 'the key of the administrator';

/** The real API with the real web chat on a database of the test's own; nobody reads the documents. */
export async function anApi(t: TestContext, changes: Partial<ApiDeps> = {}) {
  const pipeline = await aPipeline(t);
  const messages = await createChatMessages(pipeline.connection);
  const talk = await aConversationOn(pipeline, { openCompanyId: 'acme' });
  const { conversation } = talk;
  const kept = await createPreviews(pipeline.connection, pipeline.clock);
  const previews = createPreviewer({ files: pipeline.files, kept });
  t.after(() => previews.close());
  const base = {
    ...pipeline,
    previews,
    conversation,
    messages,
    companyId: 'acme',
    language: 'es',
    describeFailure,
    log: quiet,
  } as const;
  const webChat = createWebChat(base);
  const states = await createChannelStates(pipeline.connection);
  const orders = createChannelOrders(pipeline.connection);
  const outgoing = await createOutgoingBox(pipeline.connection);
  const operations = { states, orders, outgoing, adminKey, metrics: new Registry() };
  const office = await aBackOffice(t, pipeline);
  const lessons = await createLessons(pipeline.connection, pipeline.clock);
  const own = understandingRoutes({ ...pipeline, companyId: 'acme', lessons, rules: aRulesDesk() });
  const { open, guarded, admin } = office.moreRoutes;
  const api = await createApi({
    ...base,
    ...operations,
    config: { allowedHosts: [] },
    health: async () => ({ status: 'ready', components: {} }),
    pageDir: '/nowhere',
    channelRoutes: [webChat.routes],
    moreRoutes: { open, guarded: [...guarded, ...own.guarded], admin: [...admin, ...own.admin] },
    ...changes,
  });
  t.after(() => api.close());
  return {
    ...pipeline,
    conversation,
    linkCodes: talk.linkCodes,
    messages,
    previews,
    webChat,
    operations,
    bookings: office.bookings,
    lessons,
    api,
  };
}

/** Purchases in the local ledger, and a plan without jobs. */
async function aBackOffice(t: TestContext, pipeline: Awaited<ReturnType<typeof aPipeline>>) {
  const { connection, clock } = pipeline;
  const accounting = openAccounting({
    settings: {
      ...{ alegraUrl: 'http://127.0.0.1:1', account: null, webhookUrl: null },
      ttlMs: { contacts: 1_000, items: 1_000, accounts: 1_000 },
    },
    ...{ ...pipeline, defaultCompanyId: 'acme', log: quiet, meter: createProviderMeter() },
    ...{ bookings: await createBookings(connection), cache: await createAccountingCache(connection, clock) },
    credentials: createCredentials(connection, createSecrets(Buffer.alloc(32).toString('base64')), clock),
    ...{ ownTaxIds: async () => [], alertRefused: async () => undefined },
  });
  if (!connection.db) throw new Error('the connection is closed');
  const scheduler = await createScheduler({ db: connection.db, jobs: [], timeZone: 'UTC', log: quiet });
  t.after(() => scheduler[Symbol.asyncDispose]());
  const deps = { companyId: 'acme', language: 'es', accounting, mayReport: async () => true, clock } as const;
  const [open, guarded, admin] = [createAlegraHook(deps), createAccountingRoutes(deps), createJobRoutes({ scheduler })];
  return { moreRoutes: { open: [open], guarded: [guarded], admin: [admin] }, bookings: accounting.bookings };
}

export interface FormFile {
  name: string;
  bytes: Uint8Array;
  field?: string;
}

/** A multipart body as a browser writes it, files before fields as in seed 4's example. */
export function aForm(files: readonly FormFile[], fields: Record<string, string> = {}) {
  const boundary = `----test${randomUUID()}`;
  const parts = [
    ...files.flatMap(({ name, bytes, field = 'files' }) => [
      `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: image/png\r\n\r\n`,
      bytes,
      '\r\n',
    ]),
    ...Object.entries(fields).map(
      ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    ),
    `--${boundary}--\r\n`,
  ];
  return {
    payload: Buffer.concat(parts.map((part) => Buffer.from(part))),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}

/** Posts a form as a client on this machine does. */
export function post(
  api: FastifyInstance,
  url: string,
  form: ReturnType<typeof aForm>,
  headers: Record<string, string> = {},
) {
  return api.inject({ method: 'POST', url, payload: form.payload, headers: { ...form.headers, ...headers } });
}
