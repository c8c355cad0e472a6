import type { Connection } from 'mongoose';
import { withDatabaseRetry } from '../database-retry.ts';
import { isDuplicateKey } from '../duplicate-key.ts';
import { contentKey, type TicketDocument } from '../ticket-model.ts';
import type { Erased } from './own-data.ts';
import { removeUnused, type UnusedFilesDeps } from './unused-files.ts';

/** What a ticket's document says; a duplicate that takes its first one's place takes it over. */
const takenOver = [
  ...['stage', 'kind', 'kindConfidence', 'merchant', 'candidates', 'fields', 'reasons', 'reading', 'invoice'],
  ...['invoiceFiles', 'compliance', 'portal', 'error'],
] as const;

/** Erases the tickets, their readings and their files; electronic invoices stay, but nobody's. */
export async function eraseTickets(deps: UnusedFilesDeps, own: Record<string, unknown>): Promise<Erased> {
  const { connection } = deps;
  const tickets = connection.collection<TicketDocument>('tickets');
  const found = await withDatabaseRetry(() => tickets.find(own).toArray());
  const invoices = found.filter(isKeptByLaw);
  const erased = found.filter((ticket) => !isKeptByLaw(ticket));
  const ids = erased.map(({ _id }) => _id);
  for (const ticket of erased) await handOver(connection, ticket, ids);
  for (const invoice of invoices)
    await withDatabaseRetry(() => tickets.updateOne({ _id: invoice._id }, withoutPerson(invoice)));
  const readings = connection.collection<{ _id: string }>('readings');
  await withDatabaseRetry(() => readings.deleteMany({ _id: { $in: ids } }));
  await withDatabaseRetry(() =>
    connection.collection<{ _id: string }>('portal_runs').deleteMany({ _id: { $in: ids } }),
  );
  const seen = connection.collection<{ _id: string; members: { ticketId: string }[] }>('seen_documents');
  const forgotten = { $pull: { members: { ticketId: { $in: ids } } } };
  await withDatabaseRetry(() => seen.updateMany({ 'members.ticketId': { $in: ids } }, forgotten));
  await withDatabaseRetry(() => tickets.deleteMany({ _id: { $in: ids } }));
  await removeUnused(deps, erased.flatMap(filesOf));
  return { documents: erased.length, keptInvoices: invoices.length };
}

function isKeptByLaw({ kind, invoice, invoiceFiles = [] }: TicketDocument): boolean {
  return kind === 'e_invoice' || Boolean(invoice) || invoiceFiles.length > 0;
}

function filesOf({ file, invoiceFiles = [] }: TicketDocument): string[] {
  return [file.sha256, ...invoiceFiles.map(({ sha256 }) => sha256)];
}

/** The invoice as the company keeps it: from nobody, under a name that nobody gave it. */
function withoutPerson({ _id, file }: TicketDocument) {
  const source = { channel: 'erased', account: 'erased', chat: 'erased', message: _id, attachment: 0 };
  const [extension = ''] = /\.[a-z0-9]{1,5}$/i.exec(file.name) ?? [];
  const name = `factura-${_id.slice(0, 8)}${extension}`;
  return { $set: { source, metadata: {}, outbox: [], 'file.name': name }, $inc: { revision: 1 } };
}

/** Others sent the same document later: the first of them becomes what this ticket was to the rest. */
async function handOver(connection: Connection, first: TicketDocument, erased: readonly string[]): Promise<void> {
  const tickets = connection.collection<TicketDocument>('tickets');
  const others = { duplicateOf: first._id, _id: { $nin: [...erased] } };
  const heir = await withDatabaseRetry(() => tickets.findOne(others, { sort: { createdAt: 1 } }));
  if (!heir) return;
  const values = Object.fromEntries(takenOver.flatMap((name) => (name in first ? [[name, first[name]]] : [])));
  const entry = { stage: first.stage, at: new Date(), reason: 'the first one was erased' };
  const taken = { $set: { ...values, duplicateOf: null }, $push: { history: entry }, $inc: { revision: 1 } };
  await withDatabaseRetry(() => tickets.updateOne({ _id: first._id }, { $unset: { contentKey: '' } }));
  await withDatabaseRetry(() => tickets.updateOne({ _id: heir._id }, taken));
  await claimContent(connection, heir);
  await withDatabaseRetry(() =>
    tickets.updateMany({ duplicateOf: first._id, _id: { $ne: heir._id } }, { $set: { duplicateOf: heir._id } }),
  );
  await moveReading(connection, first._id, heir._id);
}

/** Unless another original has these bytes already: it was a duplicate by its picture. */
async function claimContent(connection: Connection, { _id, companyId, file }: TicketDocument): Promise<void> {
  const key = contentKey(companyId, file.sha256);
  const tickets = connection.collection<TicketDocument>('tickets');
  try {
    await withDatabaseRetry(() => tickets.updateOne({ _id }, { $set: { contentKey: key } }));
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

async function moveReading(connection: Connection, from: string, to: string): Promise<void> {
  const readings = connection.collection<{ _id: string; json: unknown }>('readings');
  const reading = await withDatabaseRetry(() => readings.findOne({ _id: from }));
  if (!reading) return;
  await withDatabaseRetry(() => readings.updateOne({ _id: to }, { $set: { json: reading.json } }, { upsert: true }));
}
