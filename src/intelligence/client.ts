import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import type { z } from 'zod';
import { Failure } from '../domain/failure.ts';
import { Refusal } from '../pipeline/read/outside/recogniser.ts';
import { NextShopAnswer, type NextShopRequest } from '../prediction/contract.ts';
import { OcrAnswer, type OcrRequest } from './contract.ts';

export interface IntelligenceClientOptions {
  url: string;
  apiKey: string | null;
  /** For one call with all its attempts. Default 30 s. */
  timeoutMs?: number;
  /** How often a call is made again when the service is full (503). Default 2. */
  retries?: number;
  /** Connections held open. Default 16. */
  connections?: number;
}

export interface IntelligenceClient {
  /** Throws Refusal for a document that the service does not take, Failure `provider-unavailable` (retry) for all else. */
  process(request: OcrRequest, signal?: AbortSignal): Promise<OcrAnswer>;
  predictNextShop(request: z.input<typeof NextShopRequest>, signal?: AbortSignal): Promise<NextShopAnswer>;
  close(): Promise<void>;
}

const longestPauseMs = 2_000;
/** A dense document of twenty pages with every word's place. */
const maxAnswerBytes = 64 * 1024 * 1024;
const refused: ReadonlySet<number> = new Set([400, 413, 415, 422]);

/** Speaks to an intelligence service over connections that stay open; a service that is full is asked again, twice. */
export function createIntelligenceClient(options: IntelligenceClientOptions): IntelligenceClient {
  const { url, apiKey, timeoutMs = 30_000, retries = 2, connections = 16 } = options;
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, {
    connections,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: maxAnswerBytes,
  });
  const base = pathname.replace(/\/$/, '');

  async function once(path: string, body: string, signal: AbortSignal) {
    const headers = { 'content-type': 'application/json', ...(apiKey === null ? {} : { 'x-api-key': apiKey }) };
    const answer = await pool.request({ method: 'POST', path: `${base}${path}`, headers, body, signal });
    if (answer.statusCode === 200) return { status: 200, json: await answer.body.json(), waitMs: 0 };
    const told = Number(answer.headers['retry-after']);
    await answer.body.dump({ limit: 64 * 1024, signal });
    const waitMs = Math.min(longestPauseMs, Number.isFinite(told) ? told * 1_000 : 500);
    return { status: answer.statusCode, json: null, waitMs };
  }

  async function call(path: string, request: object, outer: AbortSignal | undefined): Promise<unknown> {
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(outer ? [outer] : [])]);
    const body = JSON.stringify(request);
    for (let attempt = 0; ; attempt += 1) {
      const { status, json, waitMs } = await once(path, body, signal);
      if (status === 200) return json;
      if (refused.has(status)) throw new Refusal(`the intelligence service does not take it (${status})`);
      if (status !== 503 || attempt >= retries) throw unavailable(`the intelligence service answered ${status}`);
      await pause(waitMs, undefined, { signal });
    }
  }

  async function ask<T extends z.ZodType>(path: string, request: object, schema: T, signal: AbortSignal | undefined) {
    try {
      return schema.parse(await call(path, request, signal));
    } catch (cause) {
      signal?.throwIfAborted();
      if (cause instanceof Refusal || cause instanceof Failure) throw cause;
      throw unavailable('the intelligence service cannot be reached', cause);
    }
  }

  return {
    process: (request, signal) => ask('/ocr/process', request, OcrAnswer, signal),
    predictNextShop: (request, signal) => ask('/predict/next-shop', request, NextShopAnswer, signal),
    close: () => pool.destroy(),
  };
}

function unavailable(message: string, cause?: unknown): Failure {
  return new Failure('provider-unavailable', 'retry', message, { cause });
}
