import { after, before, describe } from 'node:test';
import type { Bus, Message, RetryPolicy } from '../../src/bus/bus.ts';
import type { WorkerOptions } from '../support/bus-worker.ts';
import { crashes } from './bus-crashes.ts';
import { deliveries } from './bus-deliveries.ts';
import { failures } from './bus-failures.ts';

/** What an implementation brings to be tested: the real server behind it, and buses on it. */
export interface BusWorld extends AsyncDisposable {
  /** A bus of its own on the same queues, as another process would have. */
  open(): Promise<Bus>;
  /** How a worker process reaches the same queues. */
  where: WorkerOptions['where'];
  /** Why the server must not be killed; undefined when it is ours. */
  whyNoCrash?: string;
  /** Kills the database or broker the hard way. */
  crashServer(): Promise<void>;
  /** Resolves when it is there again, with its data. */
  restoreServer(): Promise<void>;
}

/** Handed to each part of the suite. */
export interface BusTest {
  world(): BusWorld;
  /** Closed at the end of the suite. */
  open(): Promise<Bus>;
  /** A queue no other test uses. */
  aQueue(): string;
}

/** Short, so that the suite waits little; every world is opened with it. */
export const suiteRetry: RetryPolicy = { maxAttempts: 3, firstDelayMs: 100, maxDelayMs: 150 };

/** Runs the contract of `src/bus/bus.ts` on an implementation. */
export function describeBus(name: string, makeWorld: () => Promise<BusWorld>, skip: string | false = false): void {
  describe(`${name} keeps the contract of the bus`, { skip, timeout: 300_000 }, () => {
    let world: BusWorld | undefined;
    const buses: Bus[] = [];
    let queues = 0;

    before(async () => {
      world = await makeWorld();
    });

    after(async () => {
      for (const bus of buses) await bus.close();
      await world?.[Symbol.asyncDispose]();
    });

    function current(): BusWorld {
      if (!world) throw new Error('the world is made before the tests');
      return world;
    }

    const test: BusTest = {
      world: current,
      open: async () => {
        const bus = await current().open();
        buses.push(bus);
        return bus;
      },
      aQueue: () => {
        queues += 1;
        return `queue-${queues}`;
      },
    };

    deliveries(test);
    failures(test);
    crashes(test);
  });
}

export function aMessage(changes: Partial<Message> & Pick<Message, 'queue'>): Message {
  return { id: 'm-1', priority: 'NORMAL', payload: { ticketId: 't-1' }, ...changes };
}

export const emptyQueue = { ready: 0, inFlight: 0, delayed: 0, dead: 0 };

/** Spends some round trips to the server: time enough for a consumer to do what it should not, without a sleep. */
export async function lookAround(bus: Bus, queue: string, times: number): Promise<void> {
  for (let look = 0; look < times; look += 1) await bus.depth(queue);
}
