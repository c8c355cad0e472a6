import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import { toFailure } from '../domain/failure.ts';
import type { ComplianceRecord, ComplianceRecords } from '../store/compliance-records.ts';
import type { Tickets } from '../store/tickets.ts';
import type { RaiseAlert } from './alert.ts';
import type { Authorities } from './authorities.ts';
import { afterAnswer, afterNoCertificate, afterSilence, type Noted } from './schedule.ts';
import { summaryOf } from './summary.ts';

export interface CheckDeps {
  authorities: Authorities;
  records: ComplianceRecords;
  tickets: Pick<Tickets, 'load' | 'amend'>;
  alert: RaiseAlert;
  clock: Clock;
  log: Logger;
}

/** Others may move the ticket meanwhile. */
const maxTries = 5;

/** Asks about one claimed record and writes down what came of it. */
export function createCheck(deps: CheckDeps) {
  const { authorities, records, tickets, alert, clock, log } = deps;

  async function ask(record: ComplianceRecord, signal?: AbortSignal): Promise<Noted> {
    try {
      const answer = await authorities[record.authority].ask(record.question, record.companyId, signal);
      return afterAnswer(record, answer, clock.now());
    } catch (error) {
      signal?.throwIfAborted();
      const { code, recovery, message } = toFailure(error);
      if (code === 'no-certificate') return afterNoCertificate(record, clock.now());
      if (recovery !== 'retry') log.error({ recordId: record.id, code, err: error }, 'authority cannot be asked');
      return afterSilence(record, message, clock.now());
    }
  }

  /** The record as it is afterwards. Throws only when the database is away, or the signal's reason. */
  async function check(record: ComplianceRecord, signal?: AbortSignal): Promise<ComplianceRecord> {
    const { change, event } = await ask(record, signal);
    const noted = (await records.note(record.id, change, event)) ?? record;
    const { authority, ticketId, status, verdict } = noted;
    log.info({ ticketId, authority, status, verdict, event: event.event }, 'invoice checked');
    await alertAbout(record, noted);
    return noted;
  }

  async function alertAbout(before: ComplianceRecord, after: ComplianceRecord): Promise<void> {
    if (after.status !== 'FAILED' || before.status === 'FAILED') return;
    const what = before.status === 'VALIDATED' ? 'cancelled-later' : 'invoice-failed';
    const detail = `${after.authority} ${after.answer ?? ''}: ${after.label}`;
    await alert({ key: `${what}:${after.id}`, what, companyId: after.companyId, detail });
  }

  /** Shows on the ticket what its record says now. */
  async function showOnTicket(record: ComplianceRecord): Promise<void> {
    const compliance = summaryOf(record);
    for (let tries = 0; tries < maxTries; tries += 1) {
      const at = await tickets.load(record.ticketId);
      if (!at) return;
      if (await tickets.amend(at, { compliance }, `compliance:${record.status}`)) return;
    }
    log.warn({ ticketId: record.ticketId }, 'the ticket moves all the while; its check is shown at the next one');
  }

  return { check, showOnTicket };
}

export type Check = ReturnType<typeof createCheck>;
