import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import { toFailure } from '../domain/failure.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Booking, BookingChange, Bookings } from '../store/bookings.ts';
import type { Files } from '../store/files.ts';
import type { Accounting } from './accounting.ts';
import { billOf } from './bill-of.ts';
import { suggestCategory } from './suggest-category.ts';

export interface BooksDeps {
  bookings: Bookings;
  files: Pick<Files, 'get'>;
  /** The books of a company that take such a document. */
  accountingOf(companyId: string, kind: Booking['bill']['kind']): Promise<Accounting>;
  ownTaxIds(companyId: string): Promise<string[]>;
  /** Somebody has to look: the books refuse a purchase. */
  alertRefused(booking: Booking, reason: string): Promise<void>;
  clock: Clock;
  log: Logger;
}

export interface Books {
  /** Puts a ticket's purchase into the books, once; what cannot be done now is done later. Null where it is no purchase. */
  book(ticket: Ticket): Promise<Booking | null>;
  /** Tries what is due again; how many. */
  sweep(signal: AbortSignal): Promise<number>;
}

/** A booking in hand is another's only after this long: longer than its calls may take. */
const leaseMs = 5 * 60_000;
/** 1, 5 and 15 minutes, then every hour, for as long as it takes. */
const retryMs = [1, 5, 15, 60].map((minutes) => minutes * 60_000);

export function createBooks(deps: BooksDeps): Books {
  const { bookings, clock, log } = deps;

  async function book(ticket: Ticket): Promise<Booking | null> {
    const fresh = await bookingOf(ticket);
    if (!fresh) return null;
    const kept = await bookings.register(fresh);
    const now = clock.now();
    const mine = await bookings.claimOne(kept.id, now, later(now, leaseMs));
    return mine ? settle(mine) : kept;
  }

  async function bookingOf(ticket: Ticket): Promise<Booking | null> {
    const { companyId, id: ticketId } = ticket;
    const file = ticket.invoiceFiles?.find(({ mime }) => mime === 'application/xml') ?? ticket.file;
    const bill = billOf(ticket, await deps.ownTaxIds(companyId));
    if (!bill) return null;
    const now = clock.now();
    const { name } = await deps.accountingOf(companyId, bill.kind);
    return {
      id: `${companyId}:${bill.uuid?.toUpperCase() ?? ticketId}`,
      ...{ companyId, ticketId, file: { sha256: file.sha256, name: file.name, mime: file.mime }, bill, target: name },
      ...{ status: 'PENDING', category: null, categorySource: null, billId: null, isAttached: false, tries: 0 },
      ...{ nextAt: now, lastError: null, history: [{ at: now, status: 'PENDING', detail: ticketId }] },
      ...{ createdAt: now, updatedAt: now, bookedAt: null },
    };
  }

  async function sweep(signal: AbortSignal): Promise<number> {
    for (let count = 0; ; count += 1) {
      if (signal.aborted) return count;
      const now = clock.now();
      const due = await bookings.claim(now, later(now, leaseMs));
      if (!due) return count;
      await settle(due);
    }
  }

  async function settle(booking: Booking): Promise<Booking> {
    try {
      return await carryOut(booking);
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code === 'database-unavailable') throw failure;
      return putOff(booking, failure);
    }
  }

  async function carryOut(booking: Booking): Promise<Booking> {
    const accounting = await deps.accountingOf(booking.companyId, booking.bill.kind);
    const booked = booking.billId === null ? await submit(booking, accounting) : booking;
    return attach(booked, accounting);
  }

  /** SUBMITTING is written before the bill is sent: whoever finds a booking so asks the books first, and never sends twice. */
  async function submit(booking: Booking, accounting: Accounting): Promise<Booking> {
    const categorised = await categorise(booking, accounting);
    const before = booking.status === 'SUBMITTING' ? await accounting.findBill(booking) : null;
    if (before !== null) return booked(categorised, before, 'found in the books');
    await accounting.prepare(categorised);
    const submitting = await note(categorised, { status: 'SUBMITTING', target: accounting.name }, accounting.name);
    return booked(submitting, await accounting.createBill(submitting), accounting.name);
  }

  async function categorise(booking: Booking, accounting: Accounting): Promise<Booking> {
    if (booking.category) return booking;
    const { companyId, bill } = booking;
    const before = await bookings.categoriesOf(companyId, bill.supplier);
    const suggestion = suggestCategory(bill, before, await accounting.categories());
    return { ...booking, category: suggestion?.category ?? null, categorySource: suggestion?.source ?? null };
  }

  function booked(booking: Booking, billId: string, detail: string): Promise<Booking> {
    const { category, categorySource } = booking;
    const change = {
      status: 'BOOKED',
      billId,
      category,
      categorySource,
      bookedAt: clock.now(),
      lastError: null,
    } as const;
    log.info({ ticketId: booking.ticketId, target: booking.target, billId }, 'booked');
    return note(booking, change, detail);
  }

  async function attach(booking: Booking, accounting: Accounting): Promise<Booking> {
    if (!booking.isAttached && booking.billId !== null) {
      const { sha256, name, mime } = booking.file;
      await accounting.attach(booking.billId, { name, mime, bytes: await deps.files.get(sha256) });
    }
    return note(booking, { isAttached: true, nextAt: null, tries: 0 }, 'attached');
  }

  /** A refusal is final until somebody acts on it; anything else is tried again. The status stays: SUBMITTING says that it may have arrived. */
  async function putOff(booking: Booking, { code, recovery, message }: ReturnType<typeof toFailure>): Promise<Booking> {
    const isRefused = recovery !== 'retry';
    const current = (await bookings.get(booking.companyId, booking.id)) ?? booking;
    log[isRefused ? 'error' : 'warn']({ ticketId: booking.ticketId, code, message }, 'not booked yet');
    if (isRefused) await deps.alertRefused(current, message);
    const wait = retryMs[Math.min(current.tries, retryMs.length - 1)] ?? 0;
    const nextAt = isRefused ? null : later(clock.now(), wait);
    const status = isRefused && current.billId === null ? { status: 'FAILED' as const } : {};
    return note(current, { ...status, nextAt, tries: current.tries + 1, lastError: message }, message);
  }

  async function note(booking: Booking, change: BookingChange, detail: string): Promise<Booking> {
    const merged = { ...change, category: change.category ?? booking.category };
    const source = { categorySource: change.categorySource ?? booking.categorySource };
    const noted = await bookings.note(booking.id, { ...merged, ...source }, clock.now(), detail.slice(0, 300));
    return noted ?? { ...booking, ...merged, ...source };
  }

  return { book, sweep };
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
