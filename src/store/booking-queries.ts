import type { Model } from 'mongoose';
import type { Category } from '../domain/booking.ts';
import { type Booking, type BookingDocument, toBooking } from './bookings.ts';
import { withDatabaseRetry } from './database-retry.ts';

/** Which purchases of one company: issued on these days, both included. */
export interface Period {
  companyId: string;
  from: string;
  to: string;
}

/** As many of a supplier's latest purchases say what the next one is. */
const remembered = 50;

/** What is read of the bookings; each waits like the repository's writes. */
export function bookingQueries(model: Model<BookingDocument>) {
  async function one(filter: Record<string, unknown>): Promise<Booking | null> {
    const found = await withDatabaseRetry(() => model.findOne(filter).lean<BookingDocument>());
    return found && toBooking(found);
  }

  return {
    get: (companyId: string, id: string): Promise<Booking | null> => one({ _id: id, companyId }),
    ofTicket: (companyId: string, ticketId: string): Promise<Booking | null> => one({ companyId, ticketId }),
    ofBill: (companyId: string, billId: string): Promise<Booking | null> => one({ companyId, billId }),
    /** In the order of their days. */
    inPeriod: async ({ companyId, from, to }: Period, limit: number): Promise<Booking[]> => {
      const filter: Record<string, unknown> = {
        companyId,
        status: 'BOOKED',
        'bill.issuedOn': { $gte: from, $lte: to },
      };
      const find = () => model.find(filter).sort({ 'bill.issuedOn': 1, _id: 1 }).limit(limit).lean<BookingDocument[]>();
      return (await withDatabaseRetry(find)).map(toBooking);
    },
    /** The categories of a supplier's latest purchases, newest first. */
    categoriesOf: async (companyId: string, supplier: { taxId: string | null; name: string }): Promise<Category[]> => {
      const whose =
        supplier.taxId === null ? { 'bill.supplier.name': supplier.name } : { 'bill.supplier.taxId': supplier.taxId };
      const filter: Record<string, unknown> = {
        companyId,
        status: 'BOOKED',
        ...whose,
        categorySource: { $in: ['person', 'history', 'product'] },
      };
      const find = () => model.find(filter).sort({ createdAt: -1 }).limit(remembered).lean<BookingDocument[]>();
      return (await withDatabaseRetry(find)).flatMap(({ category }) => category ?? []);
    },
    counts: (companyId?: string): Promise<{ status: string; count: number }[]> => {
      const match = companyId === undefined ? {} : { companyId };
      const stages = [
        { $match: match },
        { $group: { _id: '$status', count: { $sum: 1 } } },
        { $sort: { _id: 1 as const } },
      ];
      const read = () => model.aggregate<{ _id: string; count: number }>(stages);
      return withDatabaseRetry(read).then((rows) => rows.map(({ _id, count }) => ({ status: _id, count })));
    },
  };
}
