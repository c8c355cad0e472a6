import type { Logger } from 'pino';
import type { AccountingOffice } from '../../accounting/open-accounting.ts';
import type { Compliance } from '../../compliance/compliance.ts';
import type { Clock } from '../../domain/clock.ts';
import type { AccountingCache } from '../../store/accounting-cache.ts';
import type { Reports } from '../../store/reports.ts';
import type { Tickets } from '../../store/tickets.ts';

/** What the jobs work with. */
export interface JobDeps {
  settings: { cleanupDays: number };
  compliance: Compliance;
  accounting: AccountingOffice;
  cache: AccountingCache;
  reports: Reports;
  tickets: Tickets;
  clock: Clock;
  log: Logger;
}

export function daysBefore(clock: Clock, days: number): Date {
  return new Date(clock.now().getTime() - days * 86_400_000);
}

export function dayOf(clock: Clock): string {
  return clock.now().toISOString().slice(0, 10);
}
