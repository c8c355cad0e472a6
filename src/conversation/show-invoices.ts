import type { TicketLists } from '../store/ticket-lists.ts';
import type { Asker } from './asker.ts';
import type { Reply } from './conversation.ts';
import { scopeOf } from './permissions.ts';
import { conversationTexts } from './texts/texts.ts';
import { ticketLine } from './ticket-line.ts';

const perPage = 10;

/** One page of receipts and invoices, the newest first, with a button for older ones. Pages count from 0. */
export async function showInvoices(tickets: TicketLists, asker: Asker, page: number): Promise<Reply[]> {
  const words = conversationTexts[asker.language];
  const found = await tickets.withValues(scopeOf(asker), { skip: page * perPage, limit: perPage + 1 });
  if (found.length === 0) return [{ text: page === 0 ? words.status.none : words.invoices.noOlder }];
  const lines = found.slice(0, perPage).map((ticket) => {
    const isOpen = ticket.stage === 'HUMAN_REVIEW' ? ' ⚠️' : '';
    return `• ${ticketLine(ticket, asker.language)}${isOpen}`;
  });
  const older = { label: words.invoices.older, data: `inv:${page + 1}` };
  const text = [words.invoices.title, ...lines].join('\n');
  return [{ text, ...(found.length > perPage ? { buttons: [[older]] } : {}) }];
}
