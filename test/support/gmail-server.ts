import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from 'emulate';
import type { Ends } from './store.ts';

export const clientId = 'recibot-test.apps.googleusercontent.com';
export const clientSecret = 'GOCSPX-test';
export const ana = 'ana@example.test';
export const beto = 'beto@example.test';

/** In place of Google's answer, for the next request whose method and path fit. */
export interface Fault {
  /** Such as `GET /gmail/v1/users/me/history`, without the query. */
  on: RegExp;
  status?: number;
  body?: object | string;
  headers?: Record<string, string>;
  /** The connection breaks. */
  drop?: boolean;
  /** Google does what was asked, and only its answer is another. */
  after?: boolean;
  /** The answer waits for this. */
  hold?: () => Promise<unknown>;
  /** How often; default once. */
  times?: number;
}

export interface Asked {
  line: string;
  url: URL;
  body: string;
  authorization: string;
  at: number;
}

/** Refusals as the real API words them. */
export const refusals = {
  tooFast: { status: 403, body: apiError(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded') },
  tooMany: { status: 429, body: apiError(429, 'rateLimitExceeded', 'Too many concurrent requests for user') },
  stale: { status: 404, body: apiError(404, 'notFound', 'Requested entity was not found.') },
  down: { status: 500, body: apiError(500, 'backendError', 'Backend Error') },
  revoked: { status: 400, body: { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' } },
} as const;

/**
 * Google on loopback: the emulator of `emulate`, with a proxy in front that does what the emulator lacks. It is strict where a client can
 * go wrong: 401 for a token that it did not give or that was taken back, 404 for history before `forgotten`, getProfile, and any fault
 * that a test orders.
 */
export async function aGoogle(t: Ends, publicUrl = 'http://recibot.test') {
  const state = { tokens: new Set<string>(), forgotten: 0n, asked: [] as Asked[], faults: [] as Fault[] };
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const root = `http://127.0.0.1:${port}`;
  const emulator = await createEmulator({
    service: 'google',
    port: 0,
    seed: {
      tokens: { 'admin-ana': { login: ana }, 'admin-beto': { login: beto } },
      google: {
        users: [ana, beto].map((email) => ({ email, name: email.split('@')[0] })),
        oauth_clients: [
          { client_id: clientId, client_secret: clientSecret, redirect_uris: [`${publicUrl}/oauth/google/callback`] },
        ],
      },
    },
  });
  t.after(async () => {
    server.closeAllConnections();
    server.close();
    await emulator.close();
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', root);
    const chunks = await request.toArray();
    const body = Buffer.concat(chunks as Buffer[]).toString(); // an IncomingMessage gives buffers
    const line = `${request.method} ${url.pathname}`;
    const { authorization = '' } = request.headers;
    state.asked.push({ line, url, body, authorization, at: performance.now() });
    const fault = take(line);
    await fault?.hold?.();
    if (fault && !fault.after) return answerWith(fault, request, response);
    const headers = { ...(request.headers as Record<string, string>), connection: 'close' }; // none of ours is a list
    const [status, type, bytes] = await answer(line, url, body, headers);
    if (fault) return answerWith(fault, request, response);
    response.writeHead(status, { 'content-type': type }).end(bytes);
  }

  function take(line: string): Fault | undefined {
    const index = state.faults.findIndex(({ on }) => on.test(line));
    const fault = state.faults[index];
    if (!fault) return undefined;
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) state.faults.splice(index, 1);
    return fault;
  }

  function answerWith(
    { drop, status, body, headers }: Fault,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    if (drop || status === undefined) return void request.socket.destroy();
    const text = typeof body === 'object' ? JSON.stringify(body) : (body ?? '');
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  }

  async function answer(
    line: string,
    url: URL,
    body: string,
    headers: Record<string, string>,
  ): Promise<[number, string, Buffer]> {
    const token = headers['authorization']?.replace('Bearer ', '') ?? '';
    if (url.pathname.startsWith('/gmail/') && !state.tokens.has(token)) {
      return json(401, apiError(401, 'authError', 'Invalid Credentials'));
    }
    const isStale = BigInt(url.searchParams.get('startHistoryId') ?? state.forgotten) < state.forgotten;
    if (line === 'GET /gmail/v1/users/me/history' && isStale) return json(404, refusals.stale.body);
    if (line === 'GET /gmail/v1/users/me/profile') return profile(token);
    const given = await fetch(new URL(url.pathname + url.search, emulator.url), {
      method: line.split(' ')[0] ?? 'GET',
      headers: pick(headers, ['authorization', 'content-type', 'cookie']),
      redirect: 'manual',
      ...(body ? { body } : {}),
    });
    const bytes = Buffer.from(await given.arrayBuffer());
    if (url.pathname === '/oauth2/token' && given.status === 200) noteToken(bytes);
    return [given.status, given.headers.get('content-type') ?? 'text/plain', bytes];
  }

  function noteToken(bytes: Buffer): void {
    state.tokens.add((JSON.parse(String(bytes)) as { access_token: string }).access_token); // the emulator's own
  }

  async function profile(token: string): Promise<[number, string, Buffer]> {
    const authorization = `Bearer ${token}`;
    const who = await fetch(`${emulator.url}/oauth2/v2/userinfo`, { headers: { authorization } });
    const { email } = (await who.json()) as { email: string };
    const history = await direct(authorization, 'GET', 'history?startHistoryId=1&maxResults=1');
    return json(200, { emailAddress: email, historyId: String((history as { historyId: string }).historyId) });
  }

  async function direct(authorization: string, method: string, path: string, body?: object): Promise<unknown> {
    const given = await fetch(`${emulator.url}/gmail/v1/users/me/${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!given.ok) throw new Error(`${method} ${path}: ${given.status} ${await given.text()}`);
    const text = await given.text();
    return text === '' ? {} : JSON.parse(text);
  }

  /** Agrees as `email` on the page that a link leads to; gives the address that the browser is sent back to. */
  async function agree(link: string, email: string = ana): Promise<string> {
    const page = await fetch(link);
    if (page.status !== 200) throw new Error(`the page says ${page.status}: ${await page.text()}`);
    const asked = Object.fromEntries(new URL(link).searchParams);
    const form = new URLSearchParams({ ...asked, email });
    const back = await fetch(`${emulator.url}/o/oauth2/v2/auth/callback`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    return back.headers.get('location') ?? '';
  }

  return {
    root,
    state,
    faults: state.faults,
    agree,
    mailboxOf: (email: string) => mailboxOf(email, direct),
    asked: askedOf(state.asked),
  };
}

export type GoogleServer = Awaited<ReturnType<typeof aGoogle>>;

type Direct = (authorization: string, method: string, path: string, body?: object) => Promise<unknown>;
interface Stored {
  id: string;
  threadId: string;
  labelIds: string[];
  raw: string;
}

/** A mailbox as its owner sees it, past the proxy. */
function mailboxOf(email: string, direct: Direct) {
  const as = `Bearer admin-${email.split('@')[0]}`;
  const list = async (query = '') =>
    (
      (await direct(as, 'GET', `messages?maxResults=500&includeSpamTrash=true${query}`)) as {
        messages: { id: string }[];
      }
    ).messages;
  const get = async (id: string) => (await direct(as, 'GET', `messages/${id}?format=raw`)) as Stored; // the emulator's own
  const labels = async () => ((await direct(as, 'GET', 'labels')) as { labels: { id: string; name: string }[] }).labels;

  return {
    /** As mail arrives; `labelIds` other than those of the inbox for spam, sent and drafts. */
    receive: async (
      mail: string | Uint8Array,
      labelIds = ['INBOX', 'UNREAD'],
      threadId?: string,
    ): Promise<{ id: string; threadId: string }> => {
      const raw = Buffer.from(mail).toString('base64url');
      return (await direct(as, 'POST', 'messages/import', { raw, labelIds, threadId })) as Stored;
    },
    /** Names of the labels of a mail that are Recibot's. */
    labels: async (id: string): Promise<string[]> => {
      const [{ labelIds }, known] = [await get(id), await labels()];
      const names = known.filter((label) => labelIds.includes(label.id)).map(({ name }) => name);
      return names.filter((name) => name.startsWith('Recibot/')).sort();
    },
    deleteLabel: async (name: string) => {
      const found = (await labels()).find((label) => label.name === name);
      await direct(as, 'DELETE', `labels/${found?.id}`);
    },
    relabel: (id: string, addLabelIds: string[], removeLabelIds: string[]) =>
      direct(as, 'POST', `messages/${id}/modify`, { addLabelIds, removeLabelIds }),
    remove: (id: string) => direct(as, 'DELETE', `messages/${id}`),
    /** What the account sent, oldest first. */
    sent: async () => {
      const ids = await list('&labelIds=SENT');
      const all = await Promise.all(ids.map(({ id }) => get(id)));
      return all.map(({ raw, ...rest }) => ({ ...rest, text: Buffer.from(raw, 'base64url').toString() })).reverse();
    },
    historyId: async () =>
      String(((await direct(as, 'GET', 'history?startHistoryId=1')) as { historyId: string }).historyId),
  };
}

function askedOf(all: readonly Asked[]) {
  return (line: RegExp) => all.filter((one) => line.test(one.line));
}

function apiError(code: number, reason: string, message: string): object {
  return { error: { code, message, errors: [{ message, domain: 'global', reason }] } };
}

function json(status: number, body: object): [number, string, Buffer] {
  return [status, 'application/json', Buffer.from(JSON.stringify(body))];
}

function pick(headers: Record<string, string>, names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])));
}
