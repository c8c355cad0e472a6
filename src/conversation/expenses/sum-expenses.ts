import { toExact } from '../../domain/amount.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { fold } from '../command.ts';
import { plainText } from '../plain-text.ts';

/** What was spent in one currency; amounts are exact, see domain/amount.ts. */
export interface CurrencyExpenses {
  /** ISO 4217, or empty where the documents tell none. */
  currency: string;
  total: bigint;
  documents: number;
  /** The biggest first. */
  merchants: { name: string; total: bigint; documents: number }[];
}

export interface Expenses {
  /** The currency of the most documents first. */
  currencies: CurrencyExpenses[];
  /** Documents that somebody still has to review: they are not in any sum. */
  unreviewed: number;
}

const maxNameLength = 48;

/** Adds up the documents that count, per currency and merchant. A merchant is one whatever its accents, case and points. */
export function sumExpenses(tickets: readonly Ticket[]): Expenses {
  const byCurrency = new Map<string, Map<string, CurrencyExpenses['merchants'][number]>>();
  for (const ticket of tickets.filter(isCounted)) {
    const amount = toExact(ticket.fields.total?.value ?? '') ?? 0n;
    const currency = ticket.fields.currency?.value ?? '';
    const merchants = byCurrency.get(currency) ?? new Map();
    byCurrency.set(currency, merchants);
    const name = nameOf(ticket);
    const key = fold(name).replace(/[^\p{L}\p{N}]/gu, '');
    const before = merchants.get(key) ?? { name, total: 0n, documents: 0 };
    merchants.set(key, { name: before.name, total: before.total + amount, documents: before.documents + 1 });
  }
  const currencies = Array.from(byCurrency, ([currency, merchants]) => inAll(currency, [...merchants.values()]));
  currencies.sort((one, other) => other.documents - one.documents);
  return { currencies, unreviewed: tickets.filter((ticket) => !isCounted(ticket)).length };
}

export function isCounted({ stage, fields }: Ticket): boolean {
  return stage === 'COMPLETED' && toExact(fields.total?.value ?? '') !== null;
}

function inAll(currency: string, merchants: CurrencyExpenses['merchants']): CurrencyExpenses {
  return {
    currency,
    total: merchants.reduce((sum, { total }) => sum + total, 0n),
    documents: merchants.reduce((sum, { documents }) => sum + documents, 0),
    merchants: merchants.sort((one, other) => (other.total > one.total ? 1 : other.total < one.total ? -1 : 0)),
  };
}

function nameOf({ fields }: Ticket): string {
  const name = [...plainText(fields.merchant?.value ?? fields.beneficiario?.value ?? '')];
  const shown = name.length > maxNameLength ? `${name.slice(0, maxNameLength).join('').trimEnd()}…` : name.join('');
  return shown || '—';
}
