import type { Logger } from 'pino';
import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../domain/clock.ts';
import type { Outbox } from '../pipeline/outbox.ts';
import type { Route, TicketAt, Tickets } from '../store/tickets.ts';

export interface SweeperDeps {
  tickets: Tickets;
  outbox: Outbox;
  bus: Bus;
  clock: Clock;
  log: Logger;
  route: Route;
}

const pauseMs = 2_000;
/** A ticket that did not move for this long, with nothing in its queue, has lost its message. */
const stuckAfterMs = 5 * 60_000;
const rescueBatch = 100;
/** A ticket that needs more rescues than this kills whoever works on it. */
const maxRescues = 3;

/**
 * Mends what a killed process leaves behind: outboxes nobody emptied, and tickets whose message is gone (dead-lettered because
 * each worker that took it died). Several may run at once. Returns how to stop it.
 */
export function startSweeper(deps: SweeperDeps): AsyncDisposable {
  const { outbox, clock, log } = deps;
  const stopping = new AbortController();

  async function sweepUntilStopped(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await outbox.sweep();
        await rescueStuck(deps);
      } catch (error) {
        log.warn({ err: error }, 'sweep failed; next one follows');
      }
      await clock.sleep(pauseMs, stopping.signal).catch(() => undefined);
    }
  }

  const ended = sweepUntilStopped();
  return {
    [Symbol.asyncDispose]: () => {
      stopping.abort();
      return ended;
    },
  };
}

/** Sends lost tickets on their way again, or to FAILED when that did not help. */
export async function rescueStuck(deps: SweeperDeps): Promise<void> {
  const before = new Date(deps.clock.now().getTime() - stuckAfterMs);
  for (const at of await deps.tickets.stuckSince(before, rescueBatch)) {
    if (!(await isStillQueued(deps, at))) await rescue(deps, at);
  }
}

async function isStillQueued({ bus, route }: SweeperDeps, { ticket }: TicketAt): Promise<boolean> {
  const queue = route(ticket, ticket.stage);
  if (queue === null) return true;
  const { ready, inFlight, delayed } = await bus.depth(queue);
  return ready + inFlight + delayed > 0;
}

async function rescue({ tickets, outbox, log }: SweeperDeps, at: TicketAt): Promise<void> {
  const ticketId = at.ticket.id;
  const rescues = await tickets.rescue(at);
  log.warn({ ticketId, stage: at.ticket.stage, rescues }, 'ticket had lost its message');
  if (rescues > maxRescues) {
    const error = { code: 'internal', message: `no end after ${maxRescues} rescues` } as const;
    await tickets.move(at, 'FAILED', { error }, 'gave up');
  }
  await outbox.flush(ticketId);
}
