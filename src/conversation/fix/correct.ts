import { type Correction, confirmed, withTypedValue } from '../../domain/correction.ts';
import type { FieldName } from '../../domain/document.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { describeTicket } from '../../notifier/describe.ts';
import { formatField } from '../../notifier/format-field.ts';
import { texts } from '../../notifier/texts/texts.ts';
import type { TicketAt, Tickets } from '../../store/tickets.ts';
import type { Asker } from '../asker.ts';
import type { Reply } from '../conversation.ts';
import { scopeOf } from '../permissions.ts';
import { conversationTexts } from '../texts/texts.ts';
import { isFixable } from './show-fixable.ts';

export interface CorrectDeps {
  tickets: Tickets;
  /** Brings what follows from a ticket's new stage on its way at once; it is safe in the database before. */
  flush: (ticketId: string) => Promise<void>;
  /** Takes in what a correction says about other documents; never fails. */
  learn?: (before: Ticket, after: Ticket, personId: string) => Promise<void>;
}

/** Others may move the ticket meanwhile. */
const maxTries = 5;

/** Keeps a value that a person typed, and completes the ticket when it was the last thing in doubt. */
export async function correctField(deps: CorrectDeps, asker: Asker, change: TypedChange): Promise<Reply[]> {
  const { ticketId, field, value } = change;
  const words = texts[asker.language];
  const ticket = await apply(deps, asker, ticketId, {
    isDone: ({ fields }) => fields[field]?.value === value && fields[field].source === 'person',
    correct: (before) => withTypedValue(before, field, value),
    reason: `corrected:${field}`,
  });
  if (typeof ticket === 'string') return [{ text: conversationTexts[asker.language].fix[ticket] }];
  const shown = `${words.fields[field]}: ${formatField(field, value, words, ticket.fields.currency?.value)}`;
  return [after(ticket, asker, conversationTexts[asker.language].fix.corrected(shown))];
}

/** Takes one of the merchants that the document may be of. */
export async function chooseMerchant(
  deps: CorrectDeps,
  asker: Asker,
  ticketId: string,
  place: number,
): Promise<Reply[]> {
  const { fix } = conversationTexts[asker.language];
  const at = await deps.tickets.find(scopeOf(asker), ticketId);
  const chosen = at?.ticket.candidates[place];
  if (!chosen) return [{ text: at ? fix.notNow : fix.notFound }];
  const { id, name } = chosen;
  const merchant = { id, name, taxId: null, confidence: 1, method: 'person' };
  const ticket = await apply(deps, asker, ticketId, {
    isDone: (before) => before.merchant?.method === 'person' && before.merchant.name === name,
    correct: (before) => ({ ...withTypedValue(before, 'merchant', name), merchant }),
    reason: 'corrected:merchant',
  });
  if (typeof ticket === 'string') return [{ text: fix[ticket] }];
  return [after(ticket, asker, fix.corrected(`${texts[asker.language].fields.merchant}: ${name}`))];
}

export interface TypedChange {
  ticketId: string;
  field: FieldName;
  value: string;
}

/** Keeps that a person found the doubtful values right. */
export async function confirmTicket(deps: CorrectDeps, asker: Asker, ticketId: string): Promise<Reply[]> {
  const ticket = await apply(deps, asker, ticketId, {
    isDone: ({ stage }) => stage === 'COMPLETED',
    correct: confirmed,
    reason: 'confirmed',
  });
  const { fix } = conversationTexts[asker.language];
  return [typeof ticket === 'string' ? { text: fix[ticket] } : after(ticket, asker, fix.confirmed)];
}

interface Change {
  /** Whether it was made before: the message came twice. */
  isDone: (ticket: Ticket) => boolean;
  correct: (ticket: Ticket) => Correction;
  reason: string;
}

/** The ticket as it is afterwards, or the name of the text that says why it stayed as it was. */
async function apply(deps: CorrectDeps, asker: Asker, ticketId: string, change: Change) {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const at = await deps.tickets.find(scopeOf(asker), ticketId);
    if (!at) return 'notFound';
    if (!isFixable(at.ticket)) return 'notNow';
    if (change.isDone(at.ticket)) return at.ticket;
    const changed = await write(deps, at, change);
    if (!changed) continue;
    await deps.learn?.(at.ticket, changed.ticket, asker.person.id);
    return changed.ticket;
  }
  return 'notNow';
}

async function write({ tickets, flush }: CorrectDeps, at: TicketAt, change: Change): Promise<TicketAt | null> {
  const correction = change.correct(at.ticket);
  const isComplete = at.ticket.stage === 'HUMAN_REVIEW' && correction.reasons.length === 0;
  if (!isComplete) return tickets.amend(at, { ...correction }, change.reason);
  const moved = await tickets.move(at, 'COMPLETED', { ...correction }, change.reason);
  if (moved) await flush(at.ticket.id);
  return moved;
}

/** What is still open is said at once; that a document is complete, its own answer says in its chat. */
function after(ticket: Ticket, { language }: Asker, done: string): Reply {
  if (ticket.stage === 'COMPLETED') return { text: done };
  const { fix } = conversationTexts[language];
  const buttons = [
    [
      { label: fix.confirm, data: `cmd:confirm:${ticket.id}` },
      { label: fix.another, data: `cmd:fix:${ticket.id}` },
    ],
  ];
  return { text: `${done}\n\n${describeTicket(ticket, language)}`, buttons };
}
