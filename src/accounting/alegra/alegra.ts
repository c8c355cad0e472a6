import { Failure } from '../../domain/failure.ts';
import type { Booking } from '../../store/bookings.ts';
import type { Accounting } from '../accounting.ts';
import type { Cached } from '../cached.ts';
import {
  Account,
  Contact,
  CreatedBill,
  compactId,
  contactTaxId,
  expenseAccounts,
  FoundBill,
  Item,
  Tax,
} from './answers.ts';
import { billBody, markOf } from './bill-body.ts';
import type { AlegraClient } from './client.ts';

export interface AlegraDeps {
  companyId: string;
  client: AlegraClient;
  cached: Cached;
}

/** What an account of Alegra does besides booking: keeping what is remembered of it fresh. */
export interface Alegra extends Accounting {
  /** Reads all contacts, so that none has to be asked for one by one; how many there are. */
  syncContacts(): Promise<number>;
  syncItems(): Promise<number>;
}

/** Until the next night's reading, and two hours more. */
const nightlyMs = 26 * 3_600_000;

/** The books of a company at Alegra. */
export function createAlegra({ companyId, client, cached }: AlegraDeps): Alegra {
  const at = (kind: 'contacts' | 'items' | 'accounts', key: string) => ({ companyId, kind, key });

  function provider({ supplier: { taxId, name } }: Booking['bill']): Promise<string> {
    const key = taxId === null ? `name:${name.toUpperCase()}` : `tax:${compactId(taxId)}`;
    return cached.get(at('contacts', key), async () => {
      const found = await findContact(taxId, name);
      if (found !== null) return { value: found, refs: [found] };
      const made = await createContact(taxId, name);
      return { value: made, refs: [made], ttlMs: nightlyMs };
    });
  }

  /** The API searches loosely, so what it gives is compared. */
  async function findContact(taxId: string | null, name: string): Promise<string | null> {
    const query = taxId === null ? { name } : { identification: taxId };
    for await (const entry of client.all('/contacts', query)) {
      const contact = parse(Contact, entry);
      const isSame =
        taxId === null
          ? contact.name?.toUpperCase() === name.toUpperCase()
          : contactTaxId(contact) === compactId(taxId);
      if (isSame) return contact.id;
    }
    return null;
  }

  async function createContact(taxId: string | null, name: string): Promise<string> {
    const isNit = taxId !== null && /^\d{8,10}$/.test(compactId(taxId));
    const identified = taxId === null ? {} : { identification: taxId };
    const typed = isNit ? { identificationObject: { type: 'NIT', number: compactId(taxId) } } : {};
    const body = { name: name.slice(0, 150), ...identified, ...typed, type: ['provider'] };
    return parse(Contact, await client.post('/contacts', body)).id;
  }

  function categories() {
    return cached.get(at('accounts', 'expenses'), async () => {
      const accounts = (await listed('/categories')).map((entry) => parse(Account, entry));
      const value = expenseAccounts(accounts);
      return { value, refs: value.map(({ id }) => id) };
    });
  }

  function taxes(): Promise<Tax[]> {
    return cached.get(at('accounts', 'taxes'), async () => {
      const value = (await listed('/taxes')).map((entry) => parse(Tax, entry));
      return { value, refs: [] };
    });
  }

  /** The whole tree or table in one answer: these lists have no pages. */
  async function listed(path: string): Promise<unknown[]> {
    const body = await client.get(path);
    if (!Array.isArray(body)) throw new Failure('provider-unavailable', 'retry', `Alegra gave no list of ${path}`);
    return body;
  }

  async function items(): Promise<ReadonlyMap<string, string>> {
    const known = await cached.peek(at('items', 'index'));
    return new Map(Array.isArray(known) ? known : []);
  }

  async function findBill(booking: Booking): Promise<string | null> {
    for await (const entry of client.all('/bills', { date: booking.bill.issuedOn })) {
      const { id, observations } = parse(FoundBill, entry);
      if (observations?.includes(markOf(booking))) return id;
    }
    return null;
  }

  async function createBill(booking: Booking): Promise<string> {
    const refs = { providerId: await provider(booking.bill), taxes: await taxes(), items: await items() };
    const categoryId = booking.category?.id;
    if (categoryId === undefined) throw new Failure('accounting-refused', 'ask', 'no account for purchases in Alegra');
    try {
      return parse(CreatedBill, await client.post('/bills', billBody(booking, { ...refs, categoryId }))).id;
    } catch (error) {
      if (!isUnknownProvider(error)) throw error;
      // Somebody has removed the contact since: what is remembered of it goes, and the next try finds or makes it anew.
      await cached.invalidateId(companyId, 'contacts', refs.providerId);
      throw new Failure('provider-unavailable', 'retry', 'the supplier is gone from Alegra', { cause: error });
    }
  }

  async function syncContacts(): Promise<number> {
    let count = 0;
    for await (const entry of client.all('/contacts', { type: 'provider' })) {
      const contact = parse(Contact, entry);
      const taxId = contactTaxId(contact);
      if (taxId !== '') await cached.put(at('contacts', `tax:${taxId}`), contact.id, [contact.id], nightlyMs);
      count += 1;
    }
    return count;
  }

  async function syncItems(): Promise<number> {
    const index: [string, string][] = [];
    const refs: string[] = [];
    for await (const entry of client.all('/items')) {
      const { id, reference } = parse(Item, entry);
      if (typeof reference === 'string' && reference !== '') index.push([reference, id]);
      refs.push(id);
    }
    await cached.put(at('items', 'index'), index, refs, nightlyMs);
    return refs.length;
  }

  return {
    ...{ name: 'alegra', categories, findBill, createBill, syncContacts, syncItems },
    prepare: async ({ bill }) => {
      await Promise.all([provider(bill), taxes(), items()]);
    },
    attach: (billId, file) => client.upload(`/bills/${encodeURIComponent(billId)}/attachment`, file),
  };
}

/** Alegra's error 11004, "Proveedor no encontrado". */
function isUnknownProvider(error: unknown): boolean {
  return error instanceof Failure && error.code === 'accounting-refused' && / 11004 /.test(error.message);
}

function parse<T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, value: unknown): T {
  const { data, success } = schema.safeParse(value);
  if (!success || data === undefined) {
    throw new Failure('provider-unavailable', 'retry', 'Alegra answered in a form that is not known');
  }
  return data;
}
