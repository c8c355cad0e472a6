import mongoose, { type Connection, type Model } from 'mongoose';
import { z } from 'zod';
import { Bill, BookingStatus, Category } from '../domain/booking.ts';
import { bookingQueries } from './booking-queries.ts';
import { buildingIndexes, withDatabaseRetry } from './database-retry.ts';

export const BookingEvent = z.object({ at: z.date(), status: BookingStatus, detail: z.string() });

/** One purchase of one company on its way into the books; with the local ledger it is the entry itself. */
export const Booking = z.object({
  /** `company:uuid` of an e-invoice, `company:ticket` of a receipt: a purchase is booked once. */
  id: z.string(),
  companyId: z.string(),
  ticketId: z.string(),
  file: z.object({ sha256: z.string(), name: z.string(), mime: z.string() }),
  bill: Bill,
  target: z.enum(['ledger', 'alegra']),
  status: BookingStatus,
  category: Category.nullable(),
  /** `history`, `product`, `default` or `person`: how the category was found. */
  categorySource: z.string().nullable(),
  /** Its number in the books. */
  billId: z.string().nullable(),
  isAttached: z.boolean(),
  tries: z.int(),
  /** When it is to be tried next, or when another may take it; null when nothing is left to do. */
  nextAt: z.date().nullable(),
  lastError: z.string().nullable(),
  history: z.array(BookingEvent),
  createdAt: z.date(),
  updatedAt: z.date(),
  bookedAt: z.date().nullable(),
});
export type Booking = z.infer<typeof Booking>;

export type BookingChange = Partial<
  Pick<
    Booking,
    | 'status'
    | 'target'
    | 'category'
    | 'categorySource'
    | 'billId'
    | 'isAttached'
    | 'tries'
    | 'nextAt'
    | 'lastError'
    | 'bookedAt'
  >
>;

/** All of these wait up to 30 s while the database is away, then throw Failure `database-unavailable`. */
export interface Bookings extends ReturnType<typeof bookingQueries> {
  /** Keeps a new booking; the one that is there already wins. */
  register(booking: Booking): Promise<Booking>;
  note(id: string, change: BookingChange, at: Date, detail: string): Promise<Booking | null>;
  claim(now: Date, until: Date): Promise<Booking | null>;
  claimOne(id: string, now: Date, until: Date): Promise<Booking | null>;
}

export type BookingDocument = Omit<Booking, 'id'> & { _id: string };

export async function createBookings(connection: Connection): Promise<Bookings> {
  const model = bookingModel(connection);
  await withDatabaseRetry(() => model.createIndexes(), buildingIndexes);
  const after = { returnDocument: 'after' } as const;

  async function take(filter: Record<string, unknown>, until: Date): Promise<Booking | null> {
    const claim = () =>
      model
        .findOneAndUpdate(filter, { $set: { nextAt: until } }, { ...after, sort: { nextAt: 1 } })
        .lean<BookingDocument | null>();
    const found = await withDatabaseRetry(claim);
    return found && toBooking(found);
  }

  return {
    ...bookingQueries(model),
    register: async ({ id, ...rest }) => {
      const write = () =>
        model
          .findOneAndUpdate({ _id: id }, { $setOnInsert: rest }, { ...after, upsert: true })
          .lean<BookingDocument | null>();
      const kept = await withDatabaseRetry(write);
      return kept ? toBooking(kept) : { id, ...rest };
    },
    note: async (id, change, at, detail) => {
      const status = change.status === undefined ? {} : { $push: { history: { at, status: change.status, detail } } };
      const update = { $set: { ...change, updatedAt: at }, ...status };
      const write = () => model.findOneAndUpdate({ _id: id }, update, after).lean<BookingDocument | null>();
      const found = await withDatabaseRetry(write);
      return found && toBooking(found);
    },
    claim: (now, until) => take({ nextAt: { $lte: now } }, until),
    claimOne: (id, now, until) => take({ _id: id, nextAt: { $lte: now } }, until),
  };
}

export function toBooking({ _id, ...rest }: BookingDocument): Booking {
  return Booking.parse({ id: _id, ...rest });
}

function bookingModel(connection: Connection): Model<BookingDocument> {
  const { Mixed } = mongoose.Schema.Types;
  const schema = new mongoose.Schema<BookingDocument>(
    {
      _id: { type: String, required: true },
      companyId: { type: String, required: true },
      ticketId: { type: String, required: true },
      file: { type: Mixed, required: true },
      bill: { type: Mixed, required: true },
      target: { type: String, required: true },
      status: { type: String, enum: BookingStatus.options, required: true },
      category: { type: Mixed, default: null },
      categorySource: { type: String, default: null },
      billId: { type: String, default: null },
      isAttached: { type: Boolean, default: false },
      tries: { type: Number, default: 0 },
      nextAt: { type: Date, default: null },
      lastError: { type: String, default: null },
      history: { type: Mixed, default: [] },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
      bookedAt: { type: Date, default: null },
    } as mongoose.SchemaDefinition<BookingDocument>, // mongoose cannot tell what lies in Mixed; zod checks it when read
    { collection: 'bookings', minimize: false, versionKey: false, autoIndex: false, strict: 'throw' },
  );
  schema.index({ nextAt: 1 });
  schema.index({ companyId: 1, 'bill.issuedOn': 1 });
  schema.index({ companyId: 1, ticketId: 1 });
  schema.index({ companyId: 1, billId: 1 });
  schema.index({ companyId: 1, 'bill.supplier.taxId': 1, createdAt: -1 });
  return connection.model<BookingDocument>('Booking', schema);
}
