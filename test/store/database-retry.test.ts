import assert from 'node:assert/strict';
import { test } from 'node:test';
import mongoose from 'mongoose';
import { withDatabaseRetry } from '../../src/store/database-retry.ts';

const { MongoNetworkError, MongoServerError } = mongoose.mongo;

/** What the driver throws when the socket breaks under a command it is writing. */
function brokenPipe(): Error {
  return Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' });
}

function failingWith(...errors: Error[]) {
  let calls = 0;
  return {
    calls: () => calls,
    operation: async () => {
      calls += 1;
      const error = errors.shift();
      if (error) throw error;
      return 'done';
    },
  };
}

test('an operation is repeated while the database is away', async () => {
  const steppedDown = new MongoServerError({ message: 'not primary', code: 10107 });
  const { operation, calls } = failingWith(new MongoNetworkError('gone'), brokenPipe(), steppedDown);

  const result = await withDatabaseRetry(operation);

  assert.equal(result, 'done');
  assert.equal(calls(), 4);
});

test('an answer of the database is final, even a bad one', async () => {
  const duplicate = new MongoServerError({ message: 'E11000', code: 11000 });
  const { operation, calls } = failingWith(duplicate);

  await assert.rejects(withDatabaseRetry(operation), duplicate);

  assert.equal(calls(), 1);
});

test('when the time is up the failure is one to retry later, with its cause', async () => {
  const cause = new MongoNetworkError('gone');

  const away = withDatabaseRetry(() => Promise.reject(cause), { timeoutMs: 0 });

  await assert.rejects(away, { code: 'database-unavailable', recovery: 'retry', cause });
});

test('an aborted wait ends at once with the reason', async () => {
  const stop = new AbortController();
  const reason = new Error('stopping');
  const { operation } = failingWith(new MongoNetworkError('gone'));

  const waiting = withDatabaseRetry(
    async () => {
      stop.abort(reason);
      return operation();
    },
    { signal: stop.signal },
  );

  await assert.rejects(waiting, (error) => error === reason || (error instanceof Error && error.cause === reason));
});

test('an attempt that never ends is given up and made again', async () => {
  let attempts = 0;
  const stallsOnce = () => {
    attempts += 1;
    return attempts === 1 ? new Promise<string>(() => undefined) : Promise.resolve('done');
  };

  const answer = await withDatabaseRetry(stallsOnce, { attemptTimeoutMs: 20 });

  assert.equal(answer, 'done');
  assert.equal(attempts, 2);
});
