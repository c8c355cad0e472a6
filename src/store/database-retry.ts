import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { Failure } from '../domain/failure.ts';

export interface DatabaseRetryOptions {
  signal?: AbortSignal | undefined;
  /** How long the database may stay away; default 30 000 ms. An attempt under way is not cut, so the end may come later by one driver time limit. */
  timeoutMs?: number;
}

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
  { signal, timeoutMs = 30_000 }: DatabaseRetryOptions = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await operation();
    } catch (cause) {
      if (!isDatabaseAway(cause)) throw cause;
      if (Date.now() >= deadline) {
        throw new Failure('database-unavailable', 'retry', `database away for ${timeoutMs} ms`, { cause });
      }
    }
    await sleep(pauseMs, undefined, { signal });
  }
}
