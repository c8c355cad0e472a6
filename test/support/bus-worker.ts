import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { RetryPolicy } from '../../src/bus/bus.ts';

export interface WorkerOptions {
  where: { mongodbUri: string; leaseMs: number } | { url: string; prefix: string };
  queue: string;
  retry: RetryPolicy;
}

/** A consumer in a process of its own that takes a message and hangs. */
export interface Worker extends AsyncDisposable {
  /** Resolves with `id attempt` of the next message it has taken. */
  took(): Promise<string>;
  /** kill -9. */
  kill(): Promise<void>;
}

export function spawnWorker(options: WorkerOptions): Worker {
  const child = spawn(process.execPath, [`${import.meta.dirname}/bus-child.ts`, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  return {
    took: async () => String((await lines.next()).value),
    kill,
    [Symbol.asyncDispose]: kill,
  };
}
