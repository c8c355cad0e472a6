import { createEmbeddedBus } from '../../src/bus/embedded/embedded-bus.ts';
import { type BusWorld, describeBus, suiteRetry } from '../contracts/bus.ts';
import { realClock } from '../support/real-clock.ts';
import { aStore, quiet } from '../support/store.ts';

/** Short, so that what a killed process held is soon free. */
const leaseMs = 1_000;

describeBus('the embedded bus', aWorld);

async function aWorld(): Promise<BusWorld> {
  const cleanups: (() => unknown)[] = [];
  // `after` takes a callback with a context, which `aStore` does not use.
  const { connection, engine } = await aStore({ after: (cleanup) => void cleanups.push(cleanup as () => unknown) });
  return {
    open: () => createEmbeddedBus({ connection, clock: realClock, log: quiet, retry: suiteRetry, leaseMs }),
    where: { mongodbUri: engine?.uri ?? uriOf(connection.name), leaseMs },
    ...(engine ? {} : { whyNoCrash: 'the server of TEST_MONGODB_URI is not ours to kill' }),
    crashServer: async () => {
      const pid = await engine?.pid();
      if (pid) process.kill(pid, 'SIGKILL');
    },
    // It is supervised: it comes back by itself.
    restoreServer: async () => {},
    [Symbol.asyncDispose]: async () => {
      for (const cleanup of cleanups) await cleanup();
    },
  };
}

function uriOf(database: string): string {
  const uri = new URL(process.env['TEST_MONGODB_URI'] ?? '');
  uri.pathname = `/${database}`;
  return uri.href;
}
