import type { TicketLists } from '../../store/ticket-lists.ts';
import type { Asker } from '../asker.ts';
import { fold } from '../command.ts';
import type { Reply } from '../conversation.ts';
import { scopeOf } from '../permissions.ts';
import { plainText } from '../plain-text.ts';
import { conversationTexts } from '../texts/texts.ts';
import { ticketLine } from '../ticket-line.ts';
import { chooseTicket, fieldsOf } from './show-fixable.ts';

/** Somebody who names a document means one of the last ones. */
const searched = 100;
const shown = 6;

/** The documents that the words name, by merchant, folio, amount, day or file: the only one, or one button each; else the last ones. */
export async function chooseNamed(tickets: TicketLists, asker: Asker, words: string): Promise<Reply[]> {
  const { fix } = conversationTexts[asker.language];
  const found = await tickets.withValues(scopeOf(asker), { skip: 0, limit: searched });
  const wanted = bare(words);
  const named = found.filter((ticket) => {
    const values = Object.values(ticket.fields).map(({ value }) => value);
    return bare([ticketLine(ticket, asker.language), ticket.file.name, ...values].join(' ')).includes(wanted);
  });
  const [only, ...more] = named;
  if (!only) return [{ text: fix.notNamed(words) }, ...(await chooseTicket(tickets, asker))];
  if (more.length === 0) return [fieldsOf(only, asker.language)];
  const buttons = named.slice(0, shown).map((ticket) => {
    return [{ label: ticketLine(ticket, asker.language), data: `cmd:fix:${ticket.id}` }];
  });
  return [{ text: fix.whichTicket, buttons }];
}

function bare(text: string): string {
  return fold(plainText(text))
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim();
}
