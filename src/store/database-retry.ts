import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { Failure } from '../domain/failure.ts';

export interface DatabaseRetryOptions {
  signal?: AbortSignal | undefined;
  /** How long the database may stay away; default 30 000 ms. An attempt under way is not cut, so the end may come later by one of them. */
  timeoutMs?: number;
  /** How long one attempt may take; default 10 000 ms. Building an index takes longer than reading by one. */
  attemptTimeoutMs?: number;
}

/** For the indexes of a collection that was big before it had them. */
export const buildingIndexes = { attemptTimeoutMs: 600_000 };

/** No query of ours takes as long, on a collection of any size. */
const defaultAttemptMs = 10_000;

/**
 * Ends an operation that never ends: the driver (7.8) waits for ever for the `drain` of a socket that was closed by the other side
 * while a command was being written, which kill -9 of an engine brings about once in thirty times. Throws DatabaseStalled.
 */
export async function withinTimeLimit<T>(operation: () => Promise<T>, timeoutMs = defaultAttemptMs): Promise<T> {
  const stalled = Promise.withResolvers<never>();
  const timer = setTimeout(() => stalled.reject(new DatabaseStalled(`no end within ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([operation(), stalled.promise]);
  } finally {
    clearTimeout(timer);
  }
}

class DatabaseStalled extends Error {}

const pauseMs = 100;

/** Stepping down, shutting down, recovering, not primary; `error_codes.yml` of MongoDB, categories NotPrimaryError and ShutdownError. */
const passingServerCodes: ReadonlySet<unknown> = new Set([91, 189, 10107, 11600, 11602, 13435, 13436]);

/** What the driver lets through of a socket that breaks while a command is being written, as it is when the engine is killed. */
const brokenSocketCodes: ReadonlySet<unknown> = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNABORTED',
  'ENOTCONN',
  'ETIMEDOUT',
]);

/** True for what an engine or server that dies, restarts or cannot be reached makes the driver throw. */
function isDatabaseAway(error: unknown): boolean {
  const { MongoNetworkError, MongoServerSelectionError, MongoServerError } = mongoose.mongo;
  if (error instanceof DatabaseStalled) return true;
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true;
  if (error instanceof mongoose.Error.MongooseServerSelectionError) return true;
  if (error instanceof MongoServerError) return passingServerCodes.has(error.code);
  return error instanceof Error && 'syscall' in error && 'code' in error && brokenSocketCodes.has(error.code);
}

/**
 * Repeats `operation` while the database is away. Only for what may take effect twice without harm: an attempt whose answer got lost
 * may have been carried out. Throws Failure `database-unavailable` (retry) when the time is up; other errors pass as they are.
 */
export async function withDatabaseRetry<T>(
  operation: () => Promise<T>,
  { signal, timeoutMs = 30_000, attemptTimeoutMs = defaultAttemptMs }: DatabaseRetryOptions = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await withinTimeLimit(operation, attemptTimeoutMs);
    } catch (cause) {
      if (!isDatabaseAway(cause)) throw cause;
      if (Date.now() >= deadline) {
        throw new Failure('database-unavailable', 'retry', `database away for ${timeoutMs} ms`, { cause });
      }
    }
    await sleep(pauseMs, undefined, { signal });
  }
}
