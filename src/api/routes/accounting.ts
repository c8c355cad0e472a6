import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { AlegraEvent } from '../../accounting/alegra/webhook.ts';
import { ledgerFile } from '../../accounting/ledger-table.ts';
import type { AccountingOffice } from '../../accounting/open-accounting.ts';
import { Category } from '../../domain/booking.ts';
import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure.ts';
import type { Language } from '../../domain/language.ts';
import { languageOf } from '../../http/language.ts';
import { parse } from '../../http/parse.ts';
import { contentDisposition } from '../../http/send-file.ts';
import type { Booking } from '../../store/bookings.ts';
import { describeRoute } from '../describe-route.ts';

const Period = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  format: z.enum(['json', 'xlsx', 'csv']).default('json'),
});
const BookingPath = z.object({ id: z.string().min(1).max(200) });
const HookPath = z.object({ company: z.string().min(1).max(100), secret: z.string().min(1).max(100) });

const BookingView = z.object({
  id: z.string(),
  ticketId: z.string(),
  status: z.string(),
  target: z.string(),
  billId: z.string().nullable(),
  supplier: z.object({ taxId: z.string().nullable(), name: z.string() }),
  number: z.string().nullable(),
  issuedOn: z.string(),
  total: z.string(),
  currency: z.string().nullable(),
  category: Category.nullable(),
  categorySource: z.string().nullable(),
});

const ledgerRoute = describeRoute({
  method: 'get',
  path: '/api/accounting/purchases',
  summary: 'Purchases of a period, as JSON, XLSX or CSV',
  query: Period,
  response: z.object({ purchases: z.array(BookingView) }),
});

const categoriesRoute = describeRoute({
  method: 'get',
  path: '/api/accounting/categories',
  summary: 'Accounts that a purchase may be put under',
  response: z.object({ categories: z.array(Category) }),
});

const categorizeRoute = describeRoute({
  method: 'post',
  path: '/api/accounting/purchases/:id/category',
  summary: "Puts a purchase under another account; the supplier's next ones follow",
  params: BookingPath,
  response: BookingView,
});

export const accountingRoutes = { ledgerRoute, categoriesRoute, categorizeRoute };

/** As many as one answer holds. */
const maxPurchases = 10_000;
const mimes = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export interface AccountingRoutesDeps {
  companyId: string;
  language: Language;
  accounting: AccountingOffice;
  /** Whether one more report may be made this minute. */
  mayReport(): Promise<boolean>;
  clock: Clock;
}

export function createAccountingRoutes(deps: AccountingRoutesDeps): FastifyPluginAsync {
  const { companyId, accounting } = deps;
  const { bookings, connections } = accounting;

  async function categorize(id: string, categoryId: string): Promise<Booking> {
    const booking = await bookings.get(companyId, id);
    const category = (await (await connections.of(companyId)).categories()).find((one) => one.id === categoryId);
    if (!booking || !category) throw new Failure('not-found', 'ask', `no purchase ${id} or no account ${categoryId}`);
    const change = { category, categorySource: 'person' };
    return (await bookings.note(id, change, deps.clock.now(), 'changed by a person')) ?? booking;
  }

  return async function routes(app) {
    app.get(ledgerRoute.path, async (request, reply) => {
      const { from, to, format } = parse(Period, request.query);
      const found = await bookings.inPeriod({ companyId, from, to }, maxPurchases);
      if (format === 'json') return { purchases: found.map(viewOf) };
      if (!(await deps.mayReport())) throw new Failure('too-many-requests', 'ask', 'report_generation is used up');
      const bytes = Buffer.from(await ledgerFile(found, languageOf(request, deps.language), format));
      return reply
        .header('content-type', mimes[format])
        .header('content-disposition', contentDisposition('attachment', `compras-${from}-${to}.${format}`))
        .send(bytes);
    });
    app.get(categoriesRoute.path, async () => ({
      categories: await (await connections.of(companyId)).categories(),
    }));
    app.post(categorizeRoute.path, async (request) => {
      const { id } = parse(BookingPath, request.params);
      const { categoryId } = parse(z.object({ categoryId: z.string().min(1).max(100) }), request.body);
      return viewOf(await categorize(id, categoryId));
    });
  };
}

/** Where Alegra tells of changes; the secret in the path is its only access control, for Alegra signs nothing. */
export function createAlegraHook({ accounting }: Pick<AccountingRoutesDeps, 'accounting'>): FastifyPluginAsync {
  return async function alegraHook(app) {
    app.post('/api/accounting/alegra/:company/:secret', { bodyLimit: 1_048_576 }, async (request, reply) => {
      const { company, secret } = parse(HookPath, request.params);
      if (!(await accounting.connections.isTrusted(company, secret))) {
        throw new Failure('forbidden', 'ask', 'unknown webhook');
      }
      await accounting.onAlegraEvent(company, parse(AlegraEvent, request.body));
      return reply.status(204).send();
    });
  };
}

function viewOf({ id, ticketId, status, target, billId, bill, category, categorySource }: Booking) {
  const { supplier, number, issuedOn, total, currency } = bill;
  return {
    id,
    ticketId,
    status,
    target,
    billId,
    supplier,
    number,
    issuedOn,
    total,
    currency,
    category,
    categorySource,
  };
}
