import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import type { ProviderMeter } from '../resilience/provider-metrics.ts';
import type { AccountingCache, CacheKind } from '../store/accounting-cache.ts';
import type { Bookings } from '../store/bookings.ts';
import type { Credentials } from '../store/credentials.ts';
import type { Files } from '../store/files.ts';
import type { Accounting } from './accounting.ts';
import { createWebhook } from './alegra/webhook.ts';
import { type Books, type BooksDeps, createBooks } from './books.ts';
import { type Cached, createCached } from './cached.ts';
import { type Connections, type ConnectionsDeps, createConnections } from './connections.ts';
import { createLedger } from './ledger.ts';

export interface AccountingDeps {
  settings: ConnectionsDeps['settings'] & { ttlMs: Readonly<Record<CacheKind, number>> };
  defaultCompanyId: string;
  bookings: Bookings;
  cache: AccountingCache;
  credentials: Credentials;
  files: Pick<Files, 'get'>;
  ownTaxIds: BooksDeps['ownTaxIds'];
  alertRefused: BooksDeps['alertRefused'];
  meter: ProviderMeter;
  clock: Clock;
  log: Logger;
}

/** The books of all companies. */
export interface AccountingOffice {
  readonly books: Books;
  readonly bookings: Bookings;
  readonly connections: Connections;
  readonly cached: Cached;
  readonly onAlegraEvent: ReturnType<typeof createWebhook>;
}

export function openAccounting(deps: AccountingDeps): AccountingOffice {
  const cached = createCached(deps.cache, deps.settings.ttlMs);
  const connections = createConnections({ ...deps, cached }, deps.defaultCompanyId);
  const ledger = createLedger();
  const books = createBooks({ ...deps, accountingOf });

  /** Alegra takes a supplier's credit note only against one of its own bills: those stay in the ledger. */
  function accountingOf(companyId: string, kind: 'bill' | 'credit-note'): Promise<Accounting> {
    return kind === 'bill' ? connections.of(companyId) : Promise.resolve(ledger);
  }

  return { books, bookings: deps.bookings, connections, cached, onAlegraEvent: createWebhook({ ...deps, cached }) };
}
