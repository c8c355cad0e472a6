import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import { nothingRead, type Ticket } from '../domain/ticket.ts';
import type { ComplianceRecords } from '../store/compliance-records.ts';
import type { Files } from '../store/files.ts';
import type { Tickets } from '../store/tickets.ts';
import type { Authorities } from './authorities.ts';
import type { Backups } from './backups.ts';
import { recordOf } from './record-of.ts';

export interface RecoverDeps {
  authorities: Authorities;
  records: Pick<ComplianceRecords, 'after' | 'register' | 'note' | 'ofTicket'>;
  tickets: Pick<Tickets, 'get' | 'create'> & { invoicesAfter(id: string, limit: number): Promise<Ticket[]> };
  files: Pick<Files, 'get' | 'put'>;
  backups: Pick<Backups, 'all'>;
  clock: Clock;
  log: Logger;
}

/** What there is, what was put back, and what is gone for good. */
export interface Recovered {
  invoices: number;
  records: number;
  backups: number;
  restoredFiles: number;
  restoredTickets: number;
  restoredRecords: number;
  missing: string[];
}

const batch = 200;

/** Puts back what only a backup still has, then goes through everything and proves that each invoice has its record and its file. */
export function createRecover(deps: RecoverDeps) {
  const { records, tickets, files, backups, clock } = deps;

  return async function recover(): Promise<Recovered> {
    const found: Recovered = {
      ...{ invoices: 0, records: 0, backups: 0, restoredFiles: 0, restoredTickets: 0, restoredRecords: 0 },
      missing: [],
    };
    await restore(found);
    await proveInvoices(found);
    await proveRecords(found);
    return found;
  };

  async function restore(found: Recovered): Promise<void> {
    for await (const { kept, bytes } of backups.all()) {
      const { record, ticket } = kept;
      found.backups += 1;
      if (!(await hasFile(record.file.sha256))) {
        await files.put(bytes, record.file);
        found.restoredFiles += 1;
      }
      if (ticket && !(await tickets.get(ticket.companyId, ticket.id))) {
        // Read again from its file: what the copy knows may be older than what went on after it.
        await tickets.create({ ...ticket, stage: 'UPLOADED', ...nothingRead });
        found.restoredTickets += 1;
      }
      await restoreRecord(found, record);
    }
  }

  async function restoreRecord(found: Recovered, record: Parameters<typeof records.register>[0]): Promise<void> {
    if (await records.ofTicket(record.companyId, record.ticketId)) return;
    const now = clock.now();
    await records.register({ ...record, nextAt: record.nextAt ?? now });
    const event = { at: now, status: record.status, event: 'restored', detail: 'from its backup' };
    await records.note(record.id, {}, event);
    found.restoredRecords += 1;
  }

  /** An invoice without a record is one whose step never ran to its end: it gets one and is asked about. */
  async function proveInvoices(found: Recovered): Promise<void> {
    let last = '';
    for (;;) {
      const page = await tickets.invoicesAfter(last, batch);
      for (const ticket of page) await proveInvoice(found, ticket);
      last = page.at(-1)?.id ?? '';
      if (page.length < batch) return;
    }
  }

  async function proveInvoice(found: Recovered, ticket: Ticket): Promise<void> {
    found.invoices += 1;
    const fresh = recordOf(deps.authorities, ticket, clock.now());
    if (!fresh || ticket.compliance === null) return;
    const kept = await records.register(fresh);
    if (kept.createdAt.getTime() === fresh.createdAt.getTime()) found.restoredRecords += 1;
  }

  async function proveRecords(found: Recovered): Promise<void> {
    let last = '';
    for (;;) {
      const page = await records.after(last, batch);
      for (const { id, file, label } of page) {
        found.records += 1;
        if (!(await hasFile(file.sha256))) found.missing.push(`${id} ${label}`);
      }
      last = page.at(-1)?.id ?? '';
      if (page.length < batch) return;
    }
  }

  async function hasFile(sha256: string): Promise<boolean> {
    return files.get(sha256).then(
      () => true,
      () => false,
    );
  }
}
