import { commonNames, type FieldName, worthAsking } from '../../domain/document.ts';
import type { Language } from '../../domain/language.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { describeTicket } from '../../notifier/describe.ts';
import { shownFields } from '../../notifier/format-field.ts';
import { texts } from '../../notifier/texts/texts.ts';
import type { TicketLists } from '../../store/ticket-lists.ts';
import type { Asker } from '../asker.ts';
import type { Button, Reply } from '../conversation.ts';
import { scopeOf } from '../permissions.ts';
import { conversationTexts } from '../texts/texts.ts';
import { ticketLine } from '../ticket-line.ts';

const shownTickets = 6;
const buttonsPerRow = 2;

/** The last documents with values, one button each: which one is to be corrected? */
export async function chooseTicket(tickets: TicketLists, asker: Asker): Promise<Reply[]> {
  const words = conversationTexts[asker.language];
  const found = await tickets.withValues(scopeOf(asker), { skip: 0, limit: shownTickets });
  const [only, ...more] = found;
  if (!only) return [{ text: words.status.none }];
  if (more.length === 0) return [fieldsOf(only, asker.language)];
  const buttons = found.map((ticket) => [{ label: ticketLine(ticket, asker.language), data: `cmd:fix:${ticket.id}` }]);
  return [{ text: words.fix.whichTicket, buttons }];
}

/** The document as it stands, with a button for each field. */
export async function chooseField(tickets: TicketLists, asker: Asker, ticketId: string): Promise<Reply[]> {
  const at = await tickets.find(scopeOf(asker), ticketId);
  const { fix } = conversationTexts[asker.language];
  if (!at) return [{ text: fix.notFound }];
  return [isFixable(at.ticket) ? fieldsOf(at.ticket, asker.language) : { text: fix.notNow }];
}

export function isFixable({ stage }: Ticket): boolean {
  return stage === 'COMPLETED' || stage === 'HUMAN_REVIEW';
}

export function fieldsOf(ticket: Ticket, language: Language): Reply {
  const words = texts[language];
  const { fix } = conversationTexts[language];
  const buttons = fixableFields(ticket, language).map((name): Button => {
    return { label: `${isDoubted(ticket, name) ? '⚠️ ' : ''}${words.fields[name]}`, data: `fld:${ticket.id}:${name}` };
  });
  const rows = Array.from({ length: Math.ceil(buttons.length / buttonsPerRow) }, (_, row) =>
    buttons.slice(row * buttonsPerRow, (row + 1) * buttonsPerRow),
  );
  const confirm = ticket.stage === 'HUMAN_REVIEW' ? [[{ label: fix.confirm, data: `cmd:confirm:${ticket.id}` }]] : [];
  return {
    text: `${describeTicket(ticket, language)}\n\n${fix.whichField}`,
    buttons: [...merchantButtons(ticket), ...rows, ...confirm],
  };
}

/** Which of the merchants that it may be is it? */
function merchantButtons(ticket: Ticket): Button[][] {
  if (!isDoubted(ticket, 'merchant')) return [];
  return worthAsking(ticket.candidates).map(({ name }, place) => {
    return [{ label: `🏪 ${name}`, data: `mer:${ticket.id}:${place}` }];
  });
}

/** What is missing or doubted comes first. */
function fixableFields(ticket: Ticket, language: Language): FieldName[] {
  const ofPayments: ReadonlySet<FieldName> = new Set(commonNames.map(([, own]) => own));
  const shown = shownFields(ticket.kind, texts[language]).filter(
    (name) => ticket.kind !== 'other' || !ofPayments.has(name),
  );
  const all: FieldName[] = [...shown, 'currency'];
  return all.sort((one, other) => Number(isDoubted(ticket, other)) - Number(isDoubted(ticket, one)));
}

function isDoubted({ reasons }: Ticket, name: FieldName): boolean {
  return (
    reasons.some((reason) => reason.endsWith(`:${name}`)) ||
    (name === 'merchant' && reasons.includes('unknown_merchant'))
  );
}
