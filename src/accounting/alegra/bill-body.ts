import { createHash } from 'node:crypto';
import { fromMicros, toMicros } from '../../pipeline/einvoice/decimal.ts';
import type { Booking } from '../../store/bookings.ts';
import type { Tax } from './answers.ts';

export interface BillRefs {
  providerId: string;
  categoryId: string;
  taxes: readonly Tax[];
  /** Alegra's numbers of items, by the supplier's code. */
  items: ReadonlyMap<string, string>;
}

/** What marks a bill as one of ours, so that it is found again after a crash between making it and writing that down. */
export function markOf({ id }: Pick<Booking, 'id'>): string {
  return `recibot:${createHash('sha256').update(id).digest('hex').slice(0, 20)}`;
}

/** The JSON of `POST /bills`. */
export function billBody(booking: Booking, refs: BillRefs): Record<string, unknown> {
  const { bill } = booking;
  const note = [bill.number && `Folio ${bill.number}`, bill.uuid, markOf(booking)].filter(Boolean).join(' · ');
  return {
    date: bill.issuedOn,
    dueDate: bill.issuedOn,
    provider: { id: refs.providerId },
    ...(bill.number ? { billNumber: bill.number } : {}),
    ...(bill.currency && bill.exchangeRate && toMicros(bill.exchangeRate) !== 1_000_000n
      ? { currency: { code: bill.currency, exchangeRate: asNumber(bill.exchangeRate) } }
      : {}),
    observations: note,
    purchases: purchasesOf(booking, refs),
  };
}

/** Lines of items that Alegra knows stay lines; all else is one line of the purchase's account. */
function purchasesOf({ bill }: Booking, { categoryId, taxes, items }: BillRefs): Record<string, unknown> {
  const known = bill.lines.map(({ sku }) => (sku === null ? undefined : items.get(sku)));
  const tax = taxOf(bill, taxes);
  const areAllKnown = known.length > 0 && known.every((id) => id !== undefined) && sumsUp(bill);
  if (areAllKnown && tax) return { items: bill.lines.map((line, place) => itemLine(line, known[place] ?? '', tax)) };
  const observations = bill.lines
    .map(({ description }) => description)
    .join('; ')
    .slice(0, 500);
  const price = asNumber(tax ? netOf(bill) : bill.total);
  const taxed = tax ? { tax: [{ id: tax.id }] } : {};
  return { categories: [{ id: categoryId, price, quantity: 1, observations, ...taxed }] };
}

type Bill = Booking['bill'];

function itemLine({ quantity, unitPrice, description }: Bill['lines'][number], id: string, tax: Tax) {
  const [price, count] = [asNumber(unitPrice ?? '0'), asNumber(quantity ?? '1')];
  return { id, price, quantity: count, observations: description, tax: [{ id: tax.id }] };
}

/** Whether quantity times price gives each line, and the lines the subtotal: only then may Alegra compute the total. */
function sumsUp(bill: Bill): boolean {
  const amounts = bill.lines.map(({ amount }) => toMicros(amount));
  const sum = amounts.reduce<bigint | null>((all, one) => (all === null || one === null ? null : all + one), 0n);
  return sum !== null && sum === toMicros(netOf(bill));
}

/** The one tax whose rate gives the bill's tax to the cent; null where several rates, or withholdings, are at work. */
export function taxOf(bill: Bill, taxes: readonly Tax[]): Tax | null {
  const [net, tax, total] = [toMicros(netOf(bill)), toMicros(bill.tax ?? '0') ?? 0n, toMicros(bill.total)];
  if (net === null || total === null || !isWithinCent(net + tax - total)) return null;
  return (
    taxes.find(({ percentage }) => isWithinCent((net * (toMicros(percentage) ?? 0n)) / 100_000_000n - tax)) ?? null
  );
}

/** What is taxed: the total without its tax, so that discounts are in it. */
function netOf({ total, tax }: Bill): string {
  return fromMicros((toMicros(total) ?? 0n) - (toMicros(tax ?? '0') ?? 0n));
}

function isWithinCent(micros: bigint): boolean {
  return micros <= 10_000n && micros >= -10_000n;
}

/** The API takes JSON numbers only: a decimal of up to 15 digits is written back exactly as it was read. */
function asNumber(decimal: string): number {
  return Number(decimal);
}
