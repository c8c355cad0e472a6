import assert from 'node:assert/strict';
import { createEmbeddedBus } from '../../src/bus/embedded/embedded-bus.ts';
import { type BusWorld, describeBus, suiteRetry } from '../contracts/bus.ts';
import { realClock } from '../support/real-clock.ts';
import { aStore, quiet } from '../support/store.ts';

/** Short, so that what a killed process held is soon free. */
const leaseMs = 1_000;

describeBus('the embedded bus', aWorld);

async function aWorld(): Promise<BusWorld> {
  const cleanups: (() => Promise<void> | void)[] = [];
  const { connection, engine } = await aStore({ after: (cleanup) => cleanups.push(cleanup as () => Promise<void>) });
  assert.ok(engine);
  return {
    open: () => createEmbeddedBus({ connection, clock: realClock, log: quiet, retry: suiteRetry, leaseMs }),
    where: { mongodbUri: engine.uri, leaseMs },
    crashServer: async () => {
      const pid = await engine.pid();
      if (pid) process.kill(pid, 'SIGKILL');
    },
    restoreServer: async () => {},
    [Symbol.asyncDispose]: async () => {
      for (const cleanup of cleanups) await cleanup();
    },
  };
}
