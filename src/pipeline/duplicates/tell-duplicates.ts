import type { Ticket } from '../../domain/ticket.ts';
import type { Readings } from '../../store/readings.ts';
import type { SeenDocuments } from '../../store/seen-documents.ts';
import type { Tickets } from '../../store/tickets.ts';
import type { Outcome, Step } from '../step.ts';
import { areSame, type Marks, marksOf } from './marks.ts';

export interface DuplicatesDeps {
  seen: SeenDocuments;
  readings: Readings;
  tickets: Pick<Tickets, 'load'>;
}

/** The step, but for documents that came before on another picture: those end as DUPLICATE and point to the first. */
export function tellingDuplicates(step: Step, { seen, readings, tickets }: DuplicatesDeps): Step {
  async function run(ticket: Ticket, signal: AbortSignal): Promise<Outcome> {
    const outcome = await step.run(ticket, signal);
    const first = await firstOf(ticket, outcome);
    if (first === null) return outcome;
    return { to: 'DUPLICATE', patch: { duplicateOf: first }, reason: 'same document' };
  }

  async function firstOf(ticket: Ticket, { patch }: Outcome): Promise<string | null> {
    const { fields = {}, reasons = [] } = patch ?? {};
    const reading = ticket.invoice ? null : await readings.get(ticket.id);
    const marks = marksOf(ticket, { fields, reasons }, reading);
    if (!marks) return null;
    const { merchant, folio, picture, key, isIdentity } = marks;
    const earlier = await seen.before(ticket.companyId, key, { ticketId: ticket.id, merchant, folio, picture });
    for (const { ticketId, ...about } of earlier) {
      if (areSame(marks, { ...about, key, isIdentity })) {
        const first = await standing(ticketId, marks);
        if (first !== null) return first;
      }
    }
    return null;
  }

  /** The first itself, where it still says what it was remembered by: it may have failed, been corrected or forgotten since. */
  async function standing(ticketId: string, { isIdentity, key }: Marks): Promise<string | null> {
    const found = (await tickets.load(ticketId))?.ticket;
    if (!found || found.stage === 'FAILED' || found.stage === 'DUPLICATE') return null;
    const { date, total } = found.fields;
    const isUnderWay = !date && !total;
    return isIdentity || isUnderWay || key === `sum ${date?.value} ${total?.value}` ? found.id : null;
  }

  return { ...step, run };
}
