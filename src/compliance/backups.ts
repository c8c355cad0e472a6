import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import { Ticket } from '../domain/ticket.ts';
import { ComplianceRecord, type ComplianceRecords } from '../store/compliance-records.ts';
import type { Files } from '../store/files.ts';
import type { Tickets } from '../store/tickets.ts';
import type { BlobStore } from './backup/blob-store.ts';

export interface BackupDeps {
  blobs: BlobStore;
  records: Pick<ComplianceRecords, 'withoutBackup' | 'setBackup' | 'settledBefore'>;
  tickets: Pick<Tickets, 'get'>;
  files: Pick<Files, 'get'>;
  log: Logger;
}

/** What lies beside the file: the record, and the ticket it came with. */
const Kept = z.object({ record: ComplianceRecord, ticket: Ticket.nullable() });
export type Kept = z.infer<typeof Kept>;

export interface Backups {
  /** Copies every record that waits for an authority and has no copy yet, with its ticket and its file. */
  backUpWaiting(signal: AbortSignal): Promise<number>;
  /** All copies, whole ones only. */
  all(): AsyncIterable<{ key: string; kept: Kept; bytes: Buffer }>;
  /** Removes copies of what was settled for good before `before`; returns how many. */
  tidy(before: Date): Promise<number>;
}

const batch = 200;
const atOnce = 8;

export function createBackups(deps: BackupDeps): Backups {
  const { blobs, records, tickets, files, log } = deps;

  async function backUp(record: ComplianceRecord): Promise<void> {
    const key = keyOf(record);
    const ticket = await tickets.get(record.companyId, record.ticketId);
    await blobs.put(`${key}/file`, await files.get(record.file.sha256));
    await blobs.put(`${key}/record.json`, Buffer.from(JSON.stringify({ record, ticket })));
    await records.setBackup(record.id, key);
  }

  async function backUpWaiting(signal: AbortSignal): Promise<number> {
    let count = 0;
    while (!signal.aborted) {
      const waiting = await records.withoutBackup(batch);
      const kept = await inTurns(waiting, backUp);
      count += kept;
      // What cannot be copied now is left to the next sweep.
      if (waiting.length < batch || kept === 0) break;
    }
    return count;
  }

  async function inTurns(waiting: readonly ComplianceRecord[], work: (one: ComplianceRecord) => Promise<void>) {
    let kept = 0;
    const left = waiting.values();
    async function worker(): Promise<void> {
      for (const record of left) {
        try {
          await work(record);
          kept += 1;
        } catch (error) {
          log.error({ recordId: record.id, err: error }, 'no backup of an invoice');
        }
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker));
    return kept;
  }

  async function* all() {
    for await (const path of blobs.list()) {
      if (!path.endsWith('/record.json')) continue;
      const key = path.slice(0, -'/record.json'.length);
      const [json, bytes] = [await blobs.get(path), await blobs.get(`${key}/file`)];
      const kept = json && parseKept(json);
      if (kept && bytes && sha256(bytes) === kept.record.file.sha256) yield { key, kept, bytes };
      else log.error({ key }, 'a backup is not whole');
    }
  }

  async function tidy(before: Date): Promise<number> {
    const settled = await records.settledBefore(before, batch);
    return inTurns(settled, async ({ id, backup }) => {
      if (backup !== null) for (const name of ['record.json', 'file']) await blobs.remove(`${backup}/${name}`);
      await records.setBackup(id, null);
    });
  }

  return { backUpWaiting, all, tidy };
}

/** Company, month, authority and number; a hash keeps keys apart whose letters are not those of a path. */
function keyOf({ id, companyId, authority, question, createdAt }: ComplianceRecord): string {
  const month = createdAt.toISOString().slice(0, 7);
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return [companyId, month, `${authority}-${question.uuid.slice(0, 40)}-${hash}`].map(safe).join('/');
}

function safe(part: string): string {
  return part.replace(/[^\w-]/g, '_').slice(0, 100);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** JSON has no dates: those of the two schemas are brought back. */
function parseKept(json: Buffer): Kept | null {
  try {
    return Kept.parse(JSON.parse(json.toString(), withDates));
  } catch {
    return null;
  }
}

/** Names of instants that the schemas hold as dates; `checkedAt` of a ticket's summary is text and so stays. */
function withDates(this: unknown, key: string, value: unknown): unknown {
  const isInstant = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
  const isSummary = typeof this === 'object' && this !== null && 'nextCheckAt' in this;
  return isInstant && /^(at|.*At)$/.test(key) && !isSummary ? new Date(value) : value;
}
