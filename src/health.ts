import type { Health } from './api/routes/health.ts';
import type { AppContext } from './context.ts';
import { flow } from './flow.ts';

/** A part that has not answered by then counts as down. */
const answerWithinMs = 3_000;

/** Asks each part that a request needs, and gives each little time. */
export async function checkHealth({ store, bus, clock }: AppContext): Promise<Health> {
  const checks = {
    database: () => store.connection.db?.command({ ping: 1 }),
    bus: () => Promise.all(flow.map(({ queue }) => bus.depth(queue))),
  };
  const found = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await within(clock.sleep, check)] as const),
  );
  const components = Object.fromEntries(found);
  const isReady = found.every(([, component]) => component.isReady);
  return { status: isReady ? 'ready' : 'degraded', components };
}

async function within(sleep: AppContext['clock']['sleep'], check: () => Promise<unknown> | undefined) {
  const done = new AbortController();
  const tooLate = sleep(answerWithinMs, done.signal).then(
    () => ({ isReady: false, detail: `no answer within ${answerWithinMs} ms` }),
    () => ({ isReady: true }),
  );
  const answer = Promise.resolve(check()).then(
    () => ({ isReady: true }),
    (error: unknown) => ({ isReady: false, detail: error instanceof Error ? error.message : String(error) }),
  );
  const first = await Promise.race([answer, tooLate]);
  done.abort();
  return first;
}
