import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';

/** A collection whose old documents nobody asks for any more; the embedded engine has no expiry of its own. */
export interface Forgetful {
  forgetBefore(at: Date): Promise<void>;
}

export interface ForgetDeps {
  forgetful: readonly Forgetful[];
  clock: Clock;
  log: Logger;
}

const pauseMs = 3_600_000;
/** Longer than any channel redelivers a message (Telegram: one day), and than any code or allowance counts. */
const keptMs = 3 * 86_400_000;

/** Forgets once an hour what is only kept for a while. Several may run at once. Returns how to stop it. */
export function startForgetting(deps: ForgetDeps): AsyncDisposable {
  const stopping = new AbortController();

  async function forgetUntilStopped(): Promise<void> {
    while (!stopping.signal.aborted) {
      await forgetOnce(deps).catch((error) => deps.log.warn({ err: error }, 'forgetting failed; next time follows'));
      await deps.clock.sleep(pauseMs, stopping.signal).catch(() => undefined);
    }
  }

  const ended = forgetUntilStopped();
  return {
    [Symbol.asyncDispose]: () => {
      stopping.abort();
      return ended;
    },
  };
}

export async function forgetOnce({ forgetful, clock }: ForgetDeps): Promise<void> {
  const before = new Date(clock.now().getTime() - keptMs);
  for (const collection of forgetful) await collection.forgetBefore(before);
}
