import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { type ApiDeps, createApi } from '../../src/api/api.ts';
import { createWebChat } from '../../src/channels/webchat/webchat.ts';
import { describeFailure } from '../../src/notifier/describe.ts';
import { createChannelOrders } from '../../src/store/channel-orders.ts';
import { createChannelStates } from '../../src/store/channel-states.ts';
import { createChatMessages } from '../../src/store/chat-messages.ts';
import { createOutgoingBox } from '../../src/store/outgoing.ts';
import { aConversationOn } from './conversation.ts';
import { aPipeline } from './pipeline.ts';
import { quiet } from './store.ts';

export const adminKey = 'the key of the administrator';

/** The real API with the real web chat on a database of the test's own; nobody reads the documents. */
export async function anApi(t: TestContext, changes: Partial<ApiDeps> = {}) {
  const pipeline = await aPipeline(t);
  const messages = await createChatMessages(pipeline.connection);
  const talk = await aConversationOn(pipeline, { openCompanyId: 'acme' });
  const { conversation } = talk;
  const base = {
    ...pipeline,
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
  const api = await createApi({
    ...base,
    ...operations,
    config: { allowedHosts: [] },
    health: async () => ({ status: 'ready', components: {} }),
    pageDir: '/nowhere',
    channelRoutes: [webChat.routes],
    ...changes,
  });
  t.after(() => api.close());
  return { ...pipeline, conversation, linkCodes: talk.linkCodes, messages, webChat, operations, api };
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
