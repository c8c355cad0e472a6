import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import type { ComplianceRecord, ComplianceRecords } from '../store/compliance-records.ts';
import type { RaiseAlert } from './alert.ts';
import type { Authorities } from './authorities.ts';
import type { FiscalAuthority } from './authority.ts';
import type { Backups } from './backups.ts';
import type { Check } from './check.ts';
import { leaseMs } from './compliance-step.ts';
import type { ResultTeller } from './tell-results.ts';

export interface SweepDeps {
  authorities: Authorities;
  records: ComplianceRecords;
  check: Check;
  backups: Pick<Backups, 'backUpWaiting'>;
  tellResults: ResultTeller;
  /** Resolves when one more question may be asked. */
  untilMayAsk(authority: FiscalAuthority, signal: AbortSignal): Promise<void>;
  alert: RaiseAlert;
  clock: Clock;
  log: Logger;
}

export interface Swept {
  asked: number;
  /** Put off without a question, since their authority is away. */
  postponed: number;
}

/** One sweep goes on while records are due, but no longer than this: who waits for a result is told at its end. */
const longestMs = 30 * 60_000;
/** So long copies are made in one sweep; the rest follows in the next ones. The originals are in the database all the while. */
const copyingMs = 30_000;
/** An authority that is away is left to the next sweep. */
const postponedMs = 5 * 60_000;

/** Asks about everything that is due, at the pace that is allowed; several may run at once. */
export function createSweep(deps: SweepDeps) {
  const { authorities, records, check, clock } = deps;

  return async function sweep(signal: AbortSignal): Promise<Swept> {
    const total = { asked: 0, postponed: 0 };
    for (const authority of Object.values(authorities)) {
      const { asked, postponed } = await sweepOne(authority, signal);
      total.asked += asked;
      total.postponed += postponed;
    }
    await deps.tellResults();
    await deps.backups.backUpWaiting(AbortSignal.any([signal, AbortSignal.timeout(copyingMs)]));
    deps.log.info(total, 'compliance swept');
    return total;
  };

  async function sweepOne(authority: FiscalAuthority, signal: AbortSignal): Promise<Swept> {
    const until = clock.now().getTime() + longestMs;
    const wasAway = authority.isAway();
    let asked = 0;
    while (!signal.aborted && clock.now().getTime() < until) {
      const now = clock.now();
      if ((await records.dueCount(authority.name, now)) === 0) break;
      await deps.untilMayAsk(authority, signal);
      const record = await records.claim(authority.name, now, new Date(now.getTime() + leaseMs));
      if (!record) break;
      const after = await askAbout(record, signal);
      asked += 1;
      if (after.tries > record.tries && authority.isAway()) return { asked, postponed: await postpone(authority) };
      if (wasAway && asked === 1) await tellBack(authority);
    }
    return { asked, postponed: 0 };
  }

  async function askAbout(record: ComplianceRecord, signal: AbortSignal): Promise<ComplianceRecord> {
    const after = await check.check(record, signal);
    await check.showOnTicket(after);
    return after;
  }

  async function postpone(authority: FiscalAuthority): Promise<number> {
    const now = clock.now();
    const count = await records.postponeDue(authority.name, now, new Date(now.getTime() + postponedMs));
    const detail = `${authority.name}: ${count}`;
    // Once an hour at most, however many sweeps and processes see it.
    const key = `authority-away:${authority.name}:${now.toISOString().slice(0, 13)}`;
    await deps.alert({ key, what: 'authority-away', companyId: '', detail });
    return count;
  }

  async function tellBack({ name }: FiscalAuthority): Promise<void> {
    const key = `authority-back:${name}:${clock.now().toISOString().slice(0, 13)}`;
    await deps.alert({ key, what: 'authority-back', companyId: '', detail: name });
  }
}
