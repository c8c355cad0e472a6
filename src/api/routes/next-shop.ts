import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { parse } from '../../http/parse.ts';
import { nextShopAnswer } from '../../prediction/answer-next-shop.ts';
import { NextShopAnswer } from '../../prediction/contract.ts';
import type { Purchase } from '../../prediction/purchase.ts';
import type { TicketLists } from '../../store/ticket-lists.ts';
import { describeRoute } from '../describe-route.ts';

const NextShopQuery = z.object({ limit: z.coerce.number().int().min(1).max(50).default(5) });

export const nextShopRoute = describeRoute({
  method: 'get',
  path: '/api/next-shop',
  summary: 'Where the next purchase is likely to be, and when, from the receipts so far',
  query: NextShopQuery,
  response: NextShopAnswer,
});

/** Receipts that it rests on, the newest. */
const mostReceipts = 500;

export interface NextShopDeps {
  companyId: string;
  tickets: Pick<TicketLists, 'withValues'>;
  clock: Clock;
}

export function createNextShopRoute({ companyId, tickets, clock }: NextShopDeps): FastifyPluginAsync {
  return async function nextShopPlugin(app) {
    app.get(nextShopRoute.path, async (request) => {
      const { limit } = parse(NextShopQuery, request.query);
      const found = await tickets.withValues({ companyId }, { skip: 0, limit: mostReceipts });
      return nextShopAnswer(found.flatMap(purchaseOf), clock.now(), limit);
    });
  };
}

/** Payment proofs and bank mails name a bank, no shop. */
function purchaseOf({ kind, fields: { merchant, date, time } }: Ticket): Purchase[] {
  if ((kind !== 'receipt' && kind !== 'e_invoice') || !merchant || !date) return [];
  const at = new Date(`${date.value}T${time?.value ?? '12:00'}Z`);
  return Number.isNaN(at.getTime()) ? [] : [{ merchant: merchant.value, at }];
}
