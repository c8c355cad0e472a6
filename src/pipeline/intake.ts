import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Arrival, Intake } from '../channels/channel.ts';
import { Failure } from '../domain/failure.ts';
import type { Profile } from '../domain/reading.ts';
import { isFinal } from '../domain/stage.ts';
import { nothingRead, Source, type Ticket, type TicketFile } from '../domain/ticket.ts';
import { ticketIdOf } from '../domain/ticket-id.ts';
import type { Files } from '../store/files.ts';
import type { NewTicket, TicketAt, Tickets } from '../store/tickets.ts';
import { cleanFileName } from './file-name.ts';
import type { Outbox } from './outbox.ts';
import type { identifyFile } from './read/identify-file.ts';

export interface IntakeDeps {
  tickets: Tickets;
  files: Files;
  outbox: Outbox;
  identify: typeof identifyFile;
  profile: Profile;
  log: Logger;
}

/** Everything that comes in passes here, whatever the channel; see `Intake` for what it promises. */
export function createIntake(deps: IntakeDeps): Intake {
  const { tickets, files, outbox, identify, profile, log } = deps;

  return async function intake(arrival) {
    const source = Source.parse(arrival.source);
    const file = await describeFile(arrival, identify);
    await files.put(arrival.bytes, { sha256: file.sha256, mime: file.mime });
    const kept = await keep(newTicket({ ...arrival, source }, file, profile));
    const at = await freshen(kept, arrival);
    await outbox.flush(at.ticket.id);
    log.info({ ticketId: at.ticket.id, channel: source.channel, stage: at.ticket.stage }, 'document kept');
    return at.ticket;
  };

  /** Inserts the ticket; one that is there already wins, whether it is the same message or the same bytes. */
  async function keep(ticket: NewTicket): Promise<TicketAt> {
    const created = await tickets.create(ticket);
    if (created) return created;
    const same = await tickets.load(ticket.id);
    if (same) return sameBytes(same, ticket);
    const first = await tickets.ofContent(ticket.companyId, ticket.file.sha256);
    if (!first) throw new Error(`neither ticket ${ticket.id} nor its bytes are there, yet both were refused`);
    if (first.ticket.stage === 'FAILED') await reopen(first);
    // What came first may itself be another picture of a document that came before.
    const duplicateOf = first.ticket.duplicateOf ?? first.ticket.id;
    const copy = await tickets.create({ ...ticket, stage: 'DUPLICATE', duplicateOf });
    return copy ?? keep(ticket);
  }

  /** Sends a finished ticket through again when its answer is older than `again`. */
  async function freshen(at: TicketAt, { again, profile }: Arrival): Promise<TicketAt> {
    const { duplicateOf } = at.ticket;
    const first = duplicateOf === null ? at : await tickets.load(duplicateOf);
    if (!again || !first || !isFinal(first.ticket.stage) || first.ticket.updatedAt >= again) return at;
    const reopened = await reopen(first, profile);
    return duplicateOf === null ? (reopened ?? at) : at;
  }

  async function reopen(at: TicketAt, profile = at.ticket.profile): Promise<TicketAt | null> {
    const wasCorrected = Object.values(at.ticket.fields).some(({ source }) => source === 'person');
    if (wasCorrected) return at;
    const moved = await tickets.move(at, 'UPLOADED', { profile, ...nothingRead }, 'read again');
    await outbox.flush(at.ticket.id);
    return moved;
  }
}

/** A message's id stands for one document: with other bytes it would silently lose them. */
function sameBytes(at: TicketAt, { file }: NewTicket): TicketAt {
  if (at.ticket.file.sha256 === file.sha256) return at;
  throw new Failure('invalid-request', 'ask', `ticket ${at.ticket.id} was made of other bytes`);
}

async function describeFile(arrival: Arrival, identify: typeof identifyFile): Promise<TicketFile> {
  const { mime } = await identify(arrival.bytes, arrival.fileName);
  const sha256 = createHash('sha256').update(arrival.bytes).digest('hex');
  return { sha256, name: cleanFileName(arrival.fileName), mime, sizeBytes: arrival.bytes.byteLength };
}

function newTicket(arrival: Arrival, file: TicketFile, profile: Profile): NewTicket {
  const { companyId, source, language } = arrival;
  return {
    id: ticketIdOf(companyId, source),
    companyId,
    source,
    language,
    priority: arrival.priority ?? 'NORMAL',
    profile: arrival.profile ?? profile,
    file,
    metadata: arrival.metadata ?? {},
    stage: 'UPLOADED',
    ...nothingRead,
    duplicateOf: null,
  } satisfies Omit<Ticket, 'history' | 'createdAt' | 'updatedAt'>;
}
