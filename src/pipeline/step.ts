import type { Stage } from '../domain/stage.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { TicketPatch } from '../store/tickets.ts';

/** Where a step sends its ticket, and what it found out. `reason` is kept in the ticket's history. */
export interface Outcome {
  to: Stage;
  patch?: TicketPatch;
  reason?: string;
}

/**
 * One stage's work. May run twice for the same ticket (delivery is at least once), so what it does outside the ticket must
 * bear repetition. Throws Failure; anything else that is thrown counts as a bug and is retried.
 */
export interface Step {
  /** Queue that feeds it, and its name in logs. */
  queue: string;
  /** The stage in which it works; a ticket in `from` is moved there first. */
  stage: Stage;
  /** The stage that waits for this step, where that is another one. */
  from?: Stage;
  run(ticket: Ticket, signal: AbortSignal): Promise<Outcome>;
}
