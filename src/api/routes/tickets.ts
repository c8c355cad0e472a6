import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { Failure } from '../../domain/failure.ts';
import type { Language } from '../../domain/language.ts';
import { inWords, Result, toResult } from '../../domain/result.ts';
import { Stage } from '../../domain/stage.ts';
import { invoiceFileOf, type Ticket } from '../../domain/ticket.ts';
import type { DescribeFailure } from '../../http/error-handler.ts';
import { languageOf } from '../../http/language.ts';
import { parse } from '../../http/parse.ts';
import { sendFile } from '../../http/send-file.ts';
import { describeRoute } from '../describe-route.ts';

const TicketPath = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });
const InvoicePath = TicketPath.extend({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const TicketsQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(20) });

/** A result with the ticket's way so far. */
const TicketView = Result.extend({
  priority: z.string(),
  metadata: z.record(z.string(), z.string()),
  history: z.array(z.object({ stage: Stage, at: z.iso.datetime(), reason: z.string().nullable() })),
});
type TicketView = z.infer<typeof TicketView>;

export const ticketRoute = describeRoute({
  method: 'get',
  path: '/api/tickets/:id',
  summary: 'One ticket: its result so far and its history',
  params: TicketPath,
  response: TicketView,
});

export const ticketFileRoute = describeRoute({
  method: 'get',
  path: '/api/tickets/:id/file',
  summary: 'The file as it came in',
  params: TicketPath,
});

export const ticketInvoiceRoute = describeRoute({
  method: 'get',
  path: '/api/tickets/:id/invoice/:sha256',
  summary: 'A file of the issued invoice, named by its content',
  params: InvoicePath,
});

export const ticketsRoute = describeRoute({
  method: 'get',
  path: '/api/tickets',
  summary: 'The tickets that changed last, newest first',
  query: TicketsQuery,
  response: z.object({ tickets: z.array(TicketView) }),
});

export interface TicketRoutesDeps {
  companyId: string;
  language: Language;
  tickets: {
    get(companyId: string, id: string): Promise<Ticket | null>;
    latest(companyId: string, options: { limit: number }): Promise<Ticket[]>;
  };
  files: { get(sha256: string): Promise<Buffer> };
  describeFailure: DescribeFailure;
}

export function createTicketRoutes(deps: TicketRoutesDeps): FastifyPluginAsync {
  const { companyId, tickets, files, describeFailure } = deps;

  async function find(params: unknown): Promise<Ticket> {
    const { id } = parse(TicketPath, params);
    const ticket = await tickets.get(companyId, id);
    if (!ticket) throw new Failure('not-found', 'ask', `no ticket ${id}`);
    return ticket;
  }

  async function view(ticket: Ticket, language: Language): Promise<TicketView> {
    const { priority, metadata, duplicateOf } = ticket;
    const first = duplicateOf === null ? null : await tickets.get(companyId, duplicateOf);
    const history = ticket.history.map(({ stage, at, reason }) => ({ stage, at: at.toISOString(), reason }));
    const result = inWords(toResult(ticket, first), (code) => describeFailure(code, language));
    return { ...result, priority, metadata, history };
  }

  return async function ticketRoutes(app) {
    app.get(ticketsRoute.path, async (request) => {
      const { limit } = parse(TicketsQuery, request.query);
      const found = await tickets.latest(companyId, { limit });
      const language = languageOf(request, deps.language);
      return { tickets: await Promise.all(found.map((ticket) => view(ticket, language))) };
    });
    app.get(ticketRoute.path, async (request) => view(await find(request.params), languageOf(request, deps.language)));
    app.get(ticketFileRoute.path, async (request, reply) => {
      const { file } = await find(request.params);
      return sendFile(reply, file, await files.get(file.sha256));
    });
    app.get(ticketInvoiceRoute.path, async (request, reply) => {
      const { sha256 } = parse(InvoicePath, request.params);
      return sendFile(reply, invoiceFileOf(await find(request.params), sha256), await files.get(sha256));
    });
  };
}
