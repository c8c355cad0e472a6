import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { connectStore, type Store } from '../../src/store/connect.ts';

/** The project's `.runtime`, where set-up leaves a newer glibc on older machines. */
export const runtimeDir = join(import.meta.dirname, '../../.runtime');

export const quiet = pino({ level: 'silent' });

/** Where what a test opens is given its end: a test's context, or a whole suite's `{ after }`. */
export interface Ends {
  after(end: () => unknown): void;
}

/** Runs its ends from the last to the first, while a test's own `after` goes from first to last. */
export function lastFirst(t: Ends): Ends {
  const ends = new AsyncDisposableStack();
  t.after(() => ends.disposeAsync());
  return { after: (end) => ends.defer(async () => void (await end())) };
}

/** A folder that is removed when the test ends. */
export async function aDataDir(t: Ends): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'recibot-test-'));
  t.after(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  return dataDir;
}

/**
 * An empty database of the test's own (or of a whole suite: `aStore({ after })`): on the server of TEST_MONGODB_URI when that is set, else on an
 * embedded engine. Gone when the test ends.
 */
export async function aStore(t: Ends): Promise<Store> {
  const server = process.env.TEST_MONGODB_URI;
  const dataDir = await mkdtemp(join(tmpdir(), 'recibot-test-'));
  const store = await connectStore({ mongodbUri: server && ownDatabase(server), dataDir, runtimeDir, log: quiet });
  t.after(async () => {
    if (server) await store.connection.dropDatabase();
    await store[Symbol.asyncDispose]();
    await store.engine?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  return store;
}

/** By text, not as a URL: an address may name several hosts, or a socket's path. */
function ownDatabase(server: string): string {
  return server.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/recibot-test-${randomUUID()}`);
}
