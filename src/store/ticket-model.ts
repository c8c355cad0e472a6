import mongoose, { type Connection, type Model } from 'mongoose';
import type { Priority } from '../bus/bus.ts';
import { Stage } from '../domain/stage.ts';
import { Ticket } from '../domain/ticket.ts';
import type { TicketAt } from './tickets.ts';

/** A message that was decided together with a ticket's stage and still has to reach the bus. */
export interface OutboxEntry {
  id: string;
  queue: string;
  priority: Priority;
  revision: number;
  at: Date;
}

/** A ticket as the database keeps it: the aggregate, its revision (one higher at each move) and its outbox. */
export interface TicketDocument extends Omit<Ticket, 'id'> {
  _id: string;
  revision: number;
  outbox: OutboxEntry[];
  /** `company:sha256`, only on the first ticket of these bytes, so that a unique index can refuse a second. */
  contentKey?: string;
  /** How often the sweeper had to put it back on its way since it last moved. */
  rescues: number;
  answeredRevision: number | null;
}

const { Mixed } = mongoose.Schema.Types;

/** Ticket's parts are parsed by zod when read (see `toTicket`), so the schema names indexes and types, no second truth. */
export function ticketModel(connection: Connection): Model<TicketDocument> {
  const schema = new mongoose.Schema<TicketDocument>(
    {
      _id: { type: String, required: true },
      companyId: { type: String, required: true },
      source: { type: Mixed, required: true },
      language: { type: String, required: true },
      priority: { type: String, required: true },
      profile: { type: String, required: true },
      file: { type: Mixed, required: true },
      metadata: { type: Mixed, default: {} },
      stage: { type: String, enum: Stage.options, required: true },
      history: { type: Mixed, default: [] },
      kind: { type: String, default: null },
      kindConfidence: { type: Number, default: null },
      merchant: { type: Mixed, default: null },
      candidates: { type: Mixed, default: [] },
      fields: { type: Mixed, default: {} },
      reasons: { type: [String], default: [] },
      reading: { type: Mixed, default: null },
      codes: { type: Mixed, default: [] },
      invoice: { type: Mixed, default: null },
      invoiceFiles: { type: Mixed },
      items: { type: Mixed },
      portal: { type: Mixed },
      compliance: { type: Mixed, default: null },
      error: { type: Mixed, default: null },
      parts: { type: [String], default: [] },
      duplicateOf: { type: String, default: null },
      revision: { type: Number, required: true },
      outbox: { type: Mixed, default: [] },
      contentKey: { type: String },
      rescues: { type: Number, default: 0 },
      answeredRevision: { type: Number, default: null },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
    },
    { collection: 'tickets', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ contentKey: 1 }, { unique: true, sparse: true });
  schema.index({ companyId: 1, updatedAt: -1 });
  schema.index({ companyId: 1, createdAt: -1 });
  schema.index({ companyId: 1, 'fields.date.value': 1 });
  schema.index({ companyId: 1, 'source.channel': 1, 'source.chat': 1, updatedAt: -1 });
  schema.index({ 'outbox.at': 1 }, { sparse: true });
  schema.index({ stage: 1, updatedAt: 1 });
  return connection.model<TicketDocument>('Ticket', schema);
}

export function toTicket(document: TicketDocument): Ticket {
  return Ticket.parse({ ...document, id: document._id });
}

export function atRevision(document: TicketDocument): TicketAt {
  return { ticket: toTicket(document), revision: document.revision };
}

export function contentKey(companyId: string, sha256: string): string {
  return `${companyId}:${sha256}`;
}
