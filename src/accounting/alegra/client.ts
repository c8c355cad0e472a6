import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure.ts';
import { createGuardedCall } from '../../resilience/guarded-call.ts';
import type { ProviderMeter } from '../../resilience/provider-metrics.ts';

export interface AlegraAccount {
  email: string;
  token: string;
}

export interface AlegraClientOptions {
  url: string;
  account: AlegraAccount;
  meter: ProviderMeter;
  clock: Clock;
  /** For one call; default 15 000 ms. */
  timeoutMs?: number;
}

/** Calls to one account of the API. Throws Failure `provider-unavailable` (retry) or `accounting-refused` (ask). */
export interface AlegraClient {
  get(path: string, query?: Record<string, string>): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
  /** Every entry of a list, page by page. */
  all(path: string, query?: Record<string, string>): AsyncIterable<unknown>;
  upload(path: string, file: { name: string; mime: string; bytes: Uint8Array }): Promise<void>;
  /** Calls made, by method. */
  readonly calls: { get: number; post: number };
}

/** Alegra gives no more in one answer. */
const pageSize = 30;
const maxPages = 400;
const maxAnswerBytes = 8 * 1024 * 1024;
/** Longer than this nobody waits inside a call: the booking is tried again later. */
const longestPauseMs = 65_000;
const attempts = 4;

export function createAlegraClient({
  url,
  account,
  meter,
  clock,
  timeoutMs = 15_000,
}: AlegraClientOptions): AlegraClient {
  const authorization = `Basic ${Buffer.from(`${account.email}:${account.token}`).toString('base64')}`;
  const isOutage = (error: unknown) => !(error instanceof Failure && error.code === 'accounting-refused');
  const guarded = createGuardedCall({ provider: 'alegra', timeoutMs, meter, isOutage });
  const calls = { get: 0, post: 0 };
  /** No call before, as the last answer's headers said. */
  let pausedUntil = 0;

  async function call(path: string, init: RequestInit): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      await waitForTurn();
      const answer = await guarded.run((signal) => once(path, init, signal));
      if (answer.status !== 429) return answer.body;
      if (attempt === attempts) throw unavailable('Alegra takes no more calls for now');
    }
  }

  async function waitForTurn(): Promise<void> {
    const pauseMs = pausedUntil - clock.now().getTime();
    if (pauseMs > longestPauseMs) throw unavailable(`Alegra wants no call for ${pauseMs} ms`);
    if (pauseMs > 0) await clock.sleep(pauseMs);
  }

  async function once(
    path: string,
    init: RequestInit,
    signal: AbortSignal,
  ): Promise<{ status: number; body: unknown }> {
    const headers = { accept: 'application/json', authorization, ...init.headers };
    const response = await fetch(`${url}${path}`, { ...init, headers, signal, redirect: 'error' }).catch((cause) => {
      signal.throwIfAborted();
      throw unavailable('Alegra cannot be reached', cause);
    });
    calls[init.method === 'GET' ? 'get' : 'post'] += 1;
    heed(response);
    const { status } = response;
    if (status === 429) return { status, body: null };
    const body = await bodyOf(response);
    if (status >= 500) throw unavailable(`Alegra answered ${status}`);
    if (!response.ok) throw refused(path, status, body);
    return { status, body };
  }

  /** The limit is counted down in headers; a 429 says how long to wait. */
  function heed({ status, headers }: Response): void {
    const seconds = numberIn(headers, 'retry-after', 'x-rate-limit-reset', 'ratelimit-reset');
    const left = numberIn(headers, 'x-rate-limit-remaining', 'ratelimit-remaining');
    if (status !== 429 && left !== 0) return;
    const nowMs = clock.now().getTime();
    // Some name the second at which the count begins anew, others how many seconds are left.
    const pauseMs = seconds === null ? 60_000 : seconds > 1_000_000_000 ? seconds * 1_000 - nowMs : seconds * 1_000;
    pausedUntil = nowMs + pauseMs;
  }

  async function* all(path: string, query: Record<string, string> = {}): AsyncIterable<unknown> {
    for (let page = 0; page < maxPages; page += 1) {
      const params = { ...query, start: String(page * pageSize), limit: String(pageSize) };
      const entries = listIn(await get(path, params));
      yield* entries;
      if (entries.length < pageSize) return;
    }
  }

  async function get(path: string, query: Record<string, string> = {}): Promise<unknown> {
    const params = new URLSearchParams(query).toString();
    return call(params === '' ? path : `${path}?${params}`, { method: 'GET' });
  }

  return {
    calls,
    get,
    all,
    post: (path, body) => {
      const headers = { 'content-type': 'application/json' };
      return call(path, { method: 'POST', headers, body: JSON.stringify(body) });
    },
    upload: async (path, { name, mime, bytes }) => {
      const form = new FormData();
      form.set('file', new Blob([Buffer.from(bytes)], { type: mime }), name);
      await call(path, { method: 'POST', body: form });
    },
  };
}

/** Lists come bare, or beside their metadata. */
function listIn(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : null;
  if (!Array.isArray(data)) throw unavailable('Alegra answered something that is no list');
  return data;
}

async function bodyOf(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxAnswerBytes) throw unavailable('Alegra answered too much');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    if (!response.ok) return null;
    throw unavailable('Alegra answered something that is no JSON', cause);
  }
}

function refused(path: string, status: number, body: unknown): Failure {
  const code = typeof body === 'object' && body !== null && 'code' in body ? ` ${String(body.code)}` : '';
  const message = typeof body === 'object' && body !== null && 'message' in body ? `: ${String(body.message)}` : '';
  return new Failure('accounting-refused', 'ask', `Alegra ${status}${code} at ${path}${message}`.slice(0, 300));
}

function unavailable(message: string, cause?: unknown): Failure {
  return new Failure('provider-unavailable', 'retry', message, { cause });
}

function numberIn(headers: Headers, ...names: string[]): number | null {
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null && /^\d+(\.\d+)?$/.test(value)) return Number(value);
  }
  return null;
}
