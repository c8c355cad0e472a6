import type { Logger } from 'pino';
import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../domain/clock.ts';
import type { Tickets } from '../store/tickets.ts';

/** Entries younger than this are left to the process that wrote them. */
const sweepAfterMs = 3_000;
const sweepBatch = 100;

export interface Outbox {
  /** Publishes what the ticket's outbox holds and takes it out; never throws: what could not be sent stays for the sweeper. */
  flush(ticketId: string): Promise<void>;
  /** Publishes what other processes left behind when they died; returns how many tickets had leftovers. */
  sweep(): Promise<number>;
}

/** Save and publish made one: a stage and its message are written together, and brought to the bus from here, at least once. */
export function createOutbox(deps: { tickets: Tickets; bus: Bus; clock: Clock; log: Logger }): Outbox {
  const { tickets, bus, clock, log } = deps;

  async function publishAll(ticketId: string): Promise<void> {
    for (const { id, queue, priority, revision } of await tickets.outboxOf(ticketId)) {
      await bus.publish({ id, queue, priority, payload: { ticketId, revision } });
      await tickets.dropOutbox(ticketId, id);
    }
  }

  async function flush(ticketId: string): Promise<void> {
    try {
      await publishAll(ticketId);
    } catch (error) {
      log.warn({ ticketId, err: error }, 'outbox kept for the sweeper');
    }
  }

  async function sweep(): Promise<number> {
    const before = new Date(clock.now().getTime() - sweepAfterMs);
    const left = await tickets.withOutboxBefore(before, sweepBatch);
    for (const ticketId of left) await flush(ticketId);
    return left.length;
  }

  return { flush, sweep };
}
