import type { TicketLists } from '../store/ticket-lists.ts';
import type { Asker } from './asker.ts';
import type { Reply } from './conversation.ts';
import { scopeOf } from './permissions.ts';
import { conversationTexts } from './texts/texts.ts';
import { ticketLine } from './ticket-line.ts';

const shownUnderWay = 10;
const shownLatest = 5;

/** Tickets under way and the last few that ended, one line each. */
export async function showStatus(tickets: TicketLists, asker: Asker): Promise<Reply[]> {
  const { status, stages } = conversationTexts[asker.language];
  const scope = scopeOf(asker);
  const [underWay, latest] = await Promise.all([
    tickets.underWay(scope, shownUnderWay),
    tickets.ended(scope, shownLatest),
  ]);
  const sections = [
    { title: status.underWay, found: underWay },
    { title: status.latest, found: latest },
  ].filter(({ found }) => found.length > 0);
  const inWords = sections.map(({ title, found }) => {
    const lines = found.map((ticket) => `• ${ticketLine(ticket, asker.language)}: ${stages[ticket.stage]}`);
    return [title, ...lines].join('\n');
  });
  return [{ text: inWords.join('\n\n') || status.none }];
}
