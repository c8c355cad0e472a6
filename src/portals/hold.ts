import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import { Failure } from '../domain/failure.ts';
import type { PortalRun, PortalRuns } from '../store/portal-runs.ts';

/** A killed process lets go after this long. */
const holdMs = 30_000;
const renewMs = 10_000;
const pollMs = 1_000;

type RunKey = Pick<PortalRun, 'ticketId' | 'companyId' | 'recipeId'>;

/**
 * Works on a ticket's run while nobody else does: waits for another owner's end, or until its hold runs out because it was killed.
 * The signal given to `work` aborts when the hold is lost.
 * @throws {Failure} `portal-unavailable` (retry) when the other one is still at it.
 */
export async function whileHolding<T>(
  { runs, clock, log }: { runs: PortalRuns; clock: Clock; log: Logger },
  key: RunKey,
  owner: string,
  signal: AbortSignal,
  work: (run: PortalRun, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const run = await takeWhenFree();
  const lost = new AbortController();
  const ended = new AbortController();
  const renewing = renew().catch((error: unknown) => {
    log.warn({ ticketId: key.ticketId, err: error }, 'portal run lost');
    lost.abort(new Failure('portal-unavailable', 'retry', 'the hold on the run was lost'));
  });
  try {
    return await work(run, AbortSignal.any([signal, lost.signal]));
  } finally {
    ended.abort();
    await renewing;
    await runs.release(key.ticketId, owner, {});
  }

  async function takeWhenFree(): Promise<PortalRun> {
    for (let waitedMs = 0; waitedMs <= holdMs * 2; waitedMs += pollMs) {
      const taken = await runs.take(key, owner, holdMs);
      if (taken) return taken;
      await clock.sleep(pollMs, signal);
    }
    throw new Failure('portal-unavailable', 'retry', `another worker is at ticket ${key.ticketId}`);
  }

  async function renew(): Promise<void> {
    while (!ended.signal.aborted) {
      await clock.sleep(renewMs, ended.signal).catch(() => undefined);
      if (ended.signal.aborted) return;
      if (!(await runs.take(key, owner, holdMs))) throw new Error('another owner took it');
    }
  }
}
