import type { Logger } from 'pino';
import { z } from 'zod';
import type { Delivery, Handler } from '../bus/bus.ts';
import { type Failure, toFailure } from '../domain/failure.ts';
import { isFinal } from '../domain/stage.ts';
import type { TicketAt, Tickets } from '../store/tickets.ts';
import type { Outbox } from './outbox.ts';
import type { Outcome, Step } from './step.ts';

/** What every message between stages says; the ticket itself is in the database. */
export const TicketMessage = z.object({ ticketId: z.string(), revision: z.int() });
export type TicketMessage = z.infer<typeof TicketMessage>;

export interface RunnerDeps {
  tickets: Tickets;
  outbox: Outbox;
  log: Logger;
}

/**
 * Makes a bus handler of a step: loads the ticket, lets the step work, moves the ticket on by compare-and-set. The one place
 * where a failure's class becomes an action:
 *
 * | recovery      | ticket                                   | message                    |
 * |---------------|------------------------------------------|----------------------------|
 * | `retry`       | waits; FAILED after the last attempt     | again, then dead-lettered  |
 * | `ask`         | FAILED, the user is told what to do      | acknowledged               |
 * | `review`      | HUMAN_REVIEW                             | acknowledged               |
 * | `dead-letter` | FAILED                                   | dead-lettered              |
 */
export function createRunner({ tickets, outbox, log }: RunnerDeps): (step: Step) => Handler {
  async function begin(step: Step, id: string): Promise<TicketAt | null> {
    const at = await tickets.load(id);
    const moved = at && at.ticket.stage === step.from ? await tickets.move(at, step.stage) : at;
    // A move can take effect although its answer got lost with the connection: what counts is what is there now.
    const current = moved ?? (await tickets.load(id));
    return current?.ticket.stage === step.stage ? current : null;
  }

  async function settle(step: Step, at: TicketAt, delivery: Delivery, failure: Failure): Promise<void> {
    const { id } = at.ticket;
    const gaveUp = failure.recovery === 'retry' && delivery.isLastAttempt;
    const level = failure.recovery === 'ask' ? 'info' : 'warn';
    log[level](
      { ticketId: id, queue: step.queue, attempt: delivery.attempt, code: failure.code, err: failure },
      'step failed',
    );
    if (failure.recovery === 'retry' && !gaveUp) throw failure;
    const to = failure.recovery === 'review' ? 'HUMAN_REVIEW' : 'FAILED';
    const error = { code: failure.code, message: failure.message };
    await finish(at, { to, reason: failure.code, patch: to === 'FAILED' ? { error } : { reasons: [failure.code] } });
    if (gaveUp || failure.recovery === 'dead-letter') throw failure;
  }

  async function finish(at: TicketAt, outcome: Outcome): Promise<void> {
    const moved = await tickets.move(at, outcome.to, outcome.patch, outcome.reason);
    if (!moved) log.info({ ticketId: at.ticket.id, to: outcome.to }, 'ticket was moved by somebody else');
    await outbox.flush(at.ticket.id);
  }

  async function work(step: Step, delivery: Delivery, signal: AbortSignal): Promise<void> {
    const { ticketId } = TicketMessage.parse(delivery.payload);
    const at = await begin(step, ticketId);
    if (!at) return;
    const began = performance.now();
    try {
      const outcome = await step.run(at.ticket, signal);
      await finish(at, outcome);
      const ms = Math.round(performance.now() - began);
      log.info({ ticketId, queue: step.queue, to: outcome.to, isFinal: isFinal(outcome.to), ms }, 'step done');
    } catch (error) {
      await settle(step, at, delivery, toFailure(error));
    }
  }

  return (step) => (delivery, signal) => work(step, delivery, signal);
}
