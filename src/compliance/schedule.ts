import type { AuthorityAnswer, Verdict } from '../domain/compliance.ts';
import type { ComplianceChange, ComplianceEvent, ComplianceRecord } from '../store/compliance-records.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Seed 2: the first retries. */
const quickMs = [1, 5, 15].map((minutes) => minutes * minuteMs);
/** A fresh CFDI is known to the SAT after hours, at times days: only then is "No Encontrado" a failure. 4 days and 20 minutes in all. */
const patienceMs = [...quickMs, ...[1, 2, 3, 6, 12, 24, 24, 24].map((hours) => hours * hourMs)];
/** While an authority is away. Asking is cheap: after a few calls its breaker keeps the others off. */
const awayMs = { firstMs: 5 * minuteMs, maxMs: hourMs };
/** A validated invoice can be cancelled later: looked at again after 72 hours and 30 days. */
const recheckMs = [72 * hourMs, 30 * dayMs];

const finalFailures: ReadonlySet<Verdict> = new Set<Verdict>(['cancelled', 'rejected', 'bad-question']);

/** What is written down after a question, and when the next one follows. */
export interface Noted {
  change: ComplianceChange;
  event: ComplianceEvent;
}

/** The authority has answered. */
export function afterAnswer(record: ComplianceRecord, given: AuthorityAnswer, now: Date): Noted {
  const { verdict, answer, isEfosListed, cancellable, detail } = given;
  const said = { verdict, answer, isEfosListed, cancellable, checkedAt: now };
  if (verdict === 'not-found') return afterNotFound(record, said, detail, now);
  const isBad = finalFailures.has(verdict);
  const isNews = verdict !== record.verdict && record.verdict !== null && record.status === 'VALIDATED';
  const rechecks = record.status === 'VALIDATED' ? record.rechecks + 1 : record.rechecks;
  const change = {
    ...said,
    status: isBad ? ('FAILED' as const) : ('VALIDATED' as const),
    tries: 0,
    misses: 0,
    rechecks,
    nextAt: isBad ? null : recheckAt(record, rechecks, now),
    ...(isNews ? { isUntold: true } : {}),
  };
  return { change, event: { at: now, status: change.status, event: 'answered', detail } };
}

type Said = Pick<ComplianceChange, 'verdict' | 'answer' | 'isEfosListed' | 'cancellable' | 'checkedAt'>;

/** One that the authority knew before is not lost because it does not find it today. */
function afterNotFound(record: ComplianceRecord, said: Said, detail: string, now: Date): Noted {
  if (record.status === 'VALIDATED') {
    const event = { at: now, status: record.status, event: 'answered', detail };
    return { change: { nextAt: later(now, dayMs) }, event };
  }
  const pauseMs = patienceMs[record.misses];
  const status = pauseMs === undefined ? ('FAILED' as const) : ('RETRY' as const);
  const change = { ...said, status, tries: 0, misses: record.misses + 1, isUntold: true };
  const nextAt = pauseMs === undefined ? null : later(now, pauseMs);
  return { change: { ...change, nextAt }, event: { at: now, status, event: 'answered', detail } };
}

/** No answer: three quick retries, then the invoice waits in FALLBACK for as long as it takes. Never a failure of the invoice. */
export function afterSilence(record: ComplianceRecord, reason: string, now: Date): Noted {
  const detail = reason.slice(0, 500);
  if (record.status === 'VALIDATED') {
    const change = { nextAt: later(now, hourMs) };
    return { change, event: { at: now, status: record.status, event: 'unavailable', detail } };
  }
  const quick = quickMs[record.tries];
  const status = quick === undefined ? ('FALLBACK' as const) : ('RETRY' as const);
  const awayFor = Math.min(awayMs.maxMs, awayMs.firstMs * 2 ** Math.max(0, record.tries - quickMs.length));
  const change = { status, tries: record.tries + 1, nextAt: later(now, quick ?? awayFor), isUntold: true };
  return { change, event: { at: now, status, event: 'unavailable', detail } };
}

/** The company has to give its certificate first; asked again every day, and at once when it does. */
export function afterNoCertificate(record: ComplianceRecord, now: Date): Noted {
  const change = { status: 'PENDING' as const, nextAt: later(now, dayMs), isUntold: true };
  const detail = `company ${record.companyId} has no certificate`;
  return { change, event: { at: now, status: 'PENDING', event: 'no-certificate', detail } };
}

/** The second look is 30 days after the invoice came in, not after the first look. */
function recheckAt({ createdAt }: ComplianceRecord, rechecks: number, now: Date): Date | null {
  const pauseMs = recheckMs[rechecks];
  if (pauseMs === undefined) return null;
  return new Date(Math.max(createdAt.getTime() + pauseMs, now.getTime() + hourMs));
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
