import type { Category } from '../domain/booking.ts';
import type { Booking } from '../store/bookings.ts';

export interface Attachment {
  name: string;
  mime: string;
  bytes: Uint8Array;
}

/**
 * The books of one company. Throws Failure `provider-unavailable` (retry) where they cannot be reached, `accounting-refused` (ask) where
 * they do not take what they are given.
 */
export interface Accounting {
  readonly name: 'ledger' | 'alegra';
  /** Accounts that a purchase may be put under. */
  categories(): Promise<Category[]>;
  /** What has to be known before the bill is sent, such as the supplier's number in the books: may be repeated. */
  prepare(booking: Booking): Promise<void>;
  /** The number of a bill that an earlier attempt has made; null where there is none. */
  findBill(booking: Booking): Promise<string | null>;
  /** Makes the bill; not idempotent. Its number in these books. */
  createBill(booking: Booking): Promise<string>;
  attach(billId: string, file: Attachment): Promise<void>;
}
