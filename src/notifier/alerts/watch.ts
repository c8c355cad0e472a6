import type { Logger } from 'pino';
import type { Alert, NewAlert } from '../../domain/alert.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Alerts } from '../../store/alerts.ts';

/** How often everything is looked at; what it says was seen is at most so old. */
const lookMs = 10_000;

/** What one look found about a matter: an alert, or null when all is well. */
export type Finding = readonly [key: string, alert: Omit<NewAlert, 'key'> | null];

/** Looks at one kind of thing that may go wrong. */
export type Check = () => Promise<Finding[]>;

export interface WatchDeps {
  alerts: Pick<Alerts, 'raise' | 'resolve' | 'list'>;
  checks: readonly Check[];
  tellAll(): Promise<void>;
  /** Notices when the database is away and back; see outage.ts. */
  outage: { look(): Promise<boolean> };
  clock: Clock;
  log: Logger;
}

/** Looks at the service again and again and raises or ends alerts. Several processes may do it at once. Returns how to stop it. */
export function startWatch({ alerts, checks, tellAll, outage, clock, log }: WatchDeps): AsyncDisposable {
  const stopping = new AbortController();

  async function look(): Promise<void> {
    // While the database is away nothing can be looked up; the outage itself is told when it is back.
    if (!(await outage.look())) return;
    const open = new Map((await alerts.list({ isOpen: true, limit: 500 })).map((alert) => [alert.key, alert] as const));
    for (const check of checks) {
      for (const [key, alert] of await check()) {
        if (alert) await alerts.raise({ key, ...alert });
        else if (isToEnd(open.get(key))) await alerts.resolve(key);
      }
    }
    await tellAll();
  }

  async function rounds(): Promise<void> {
    while (!stopping.signal.aborted) {
      await look().catch((error: unknown) => log.warn({ err: error }, 'the watch could not look'));
      await clock.sleep(lookMs, stopping.signal).catch(() => undefined);
    }
  }

  const ended = rounds();
  return {
    [Symbol.asyncDispose]: () => {
      stopping.abort();
      return ended;
    },
  };
}

/** What was over before anybody could be told of it is told first. */
function isToEnd(alert: Alert | undefined): boolean {
  return alert !== undefined && (alert.told > 0 || alert.returns > 0);
}
