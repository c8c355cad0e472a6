import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ends } from './store.ts';
import { botMethods } from './telegram-methods.ts';
import { badRequest, type Key, type Params, Refusal } from './telegram-rules.ts';

/** One message of the bot, as the chat shows it now, with what it showed before. */
export interface Shown {
  chat: number;
  id: number;
  text: string;
  earlier: string[];
  keys: Key[];
  at: number;
  file?: { name: string; bytes: Buffer };
}

/** In place of an answer: a status and body, a broken connection, or nothing until `release` is called. */
export interface Fault {
  method: string;
  status?: number;
  body?: string;
  drop?: boolean;
  /** Called when the request is there; the answer waits for the promise. */
  hold?: () => Promise<void>;
  /** The method does its work although its answer is another. */
  after?: boolean;
}

export const botToken = '4242:test-token';
export const botId = '4242';

/**
 * A Telegram Bot API on loopback, as strict as the real one where a bot can go wrong:
 * long poll with offset semantics (an update is gone when a greater offset is asked for, and comes again until then); 401 for another
 * token; 409 for the older of two pollers and for polling while a webhook is set; 400 for empty or long texts, unknown chats and
 * messages, edits that change nothing, keyboards and callback data out of bounds, unknown or too big files, old callback queries; 403
 * for chats that blocked the bot. Multipart uploads are parsed. Everything else is a fault that a test orders: 429, HTML 502, drops.
 */
export async function aTelegram(t: Ends) {
  const state = {
    queue: [] as Params[],
    nextUpdate: 1,
    chats: new Set<number>(),
    blocked: new Set<number>(),
    files: new Map<string, { path: string; bytes: Buffer; claimed: number }>(),
    shown: [] as Shown[],
    calls: [] as { method: string; params: Params; at: number }[],
    callbacks: new Set<string>(),
    webhook: null as { url: string; secret: string } | null,
    poller: null as ((updates: Params[] | Refusal) => void) | null,
  };
  const faults: Fault[] = [];
  const methods = botMethods(state);
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kind, token, ...rest] = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(request.url ?? '') ?? [];
    const method = kind ? 'file' : String(rest[0]);
    const params = await paramsOf(request);
    state.calls.push({ method, params, at: performance.now() });
    const fault = take(method);
    await fault?.hold?.();
    if (fault?.drop && !fault.after) return void request.socket.destroy();
    if (fault?.status && !fault.after)
      return void response.writeHead(fault.status).end(fault.body ?? '<html>502</html>');
    const [status, body] = token === botToken ? await answer(method, params, String(rest[0])) : unauthorized();
    if (fault?.drop) return void request.socket.destroy();
    response.writeHead(status, {
      'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json',
    });
    response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
  }

  function take(method: string): Fault | undefined {
    const index = faults.findIndex((fault) => fault.method === method);
    return index < 0 ? undefined : faults.splice(index, 1)[0];
  }

  async function answer(method: string, params: Params, path: string): Promise<[number, object | Buffer]> {
    if (method === 'file') {
      const file = [...state.files.values()].find((one) => one.path === path);
      return file ? [200, file.bytes] : [404, { ok: false, error_code: 404, description: 'Not Found' }];
    }
    try {
      const does = methods[method];
      if (!does) throw new Refusal(404, 'Not Found');
      return [200, { ok: true, result: await does(params) }];
    } catch (error) {
      const { code, message, parameters } = error instanceof Refusal ? error : badRequest(String(error));
      return [code, { ok: false, error_code: code, description: message, ...(parameters ? { parameters } : {}) }];
    }
  }

  function deliver(update: Params): number {
    const id = (update['update_id'] as number | undefined) ?? state.nextUpdate;
    state.nextUpdate = id + 1;
    state.queue.push({ ...update, update_id: id });
    state.poller?.(state.queue);
    return id;
  }

  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    root: `http://127.0.0.1:${port}`,
    state,
    faults,
    shown: state.shown,
    deliver,
    callsOf: (method: string) => state.calls.filter((call) => call.method === method),
    /** A file that messages can name; `claimed` is the size that Telegram would tell. */
    file: (fileId: string, bytes: Uint8Array, claimed = bytes.byteLength) => {
      state.files.set(fileId, { path: `photos/${fileId}.jpg`, bytes: Buffer.from(bytes), claimed });
    },
    stopPolling: () => state.poller?.(new Refusal(409, 'Conflict: terminated by other getUpdates request')),
  };
}

export type TelegramServer = Awaited<ReturnType<typeof aTelegram>>;

function unauthorized(): [number, object] {
  return [401, { ok: false, error_code: 401, description: 'Unauthorized' }];
}

/** JSON, or a multipart form whose files become `{ name, bytes }`. */
async function paramsOf(request: IncomingMessage): Promise<Params> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // an IncomingMessage gives buffers
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return body.length === 0 ? {} : (JSON.parse(String(body)) as Params);
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const entries = Array.from(form, async ([key, value]) =>
    typeof value === 'string'
      ? ([key, value] as const)
      : ([key, { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) }] as const),
  );
  return Object.fromEntries(await Promise.all(entries));
}
