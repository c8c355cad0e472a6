import type { TestContext } from 'node:test';
import type { Bus } from '../../src/bus/bus.ts';
import { createEmbeddedBus } from '../../src/bus/embedded/embedded-bus.ts';
import { route } from '../../src/flow.ts';
import { createIntake } from '../../src/pipeline/intake.ts';
import { createOutbox } from '../../src/pipeline/outbox.ts';
import { identifyFile } from '../../src/pipeline/read/identify-file.ts';
import { createRunner } from '../../src/pipeline/runner.ts';
import { createFiles } from '../../src/store/files.ts';
import { createReadings } from '../../src/store/readings.ts';
import { createTickets } from '../../src/store/tickets.ts';
import { manualClock } from './manual-clock.ts';
import { aStore, quiet } from './store.ts';

export interface PipelineOptions {
  /** In place of the embedded bus, to look at or to break what is published. */
  bus?: (real: Bus) => Bus;
}

/** The real parts between intake and the bus, on a database of the test's own, at a time that stands still. */
export async function aPipeline(t: TestContext, options: PipelineOptions = {}) {
  const { connection } = await aStore(t);
  const clock = manualClock();
  const tickets = await createTickets(connection, clock, route);
  const files = await createFiles(connection);
  const embedded = await createEmbeddedBus({ connection, clock, log: quiet });
  t.after(() => embedded.close());
  const bus = options.bus?.(embedded) ?? embedded;
  const outbox = createOutbox({ tickets, bus, clock, log: quiet });
  const intake = createIntake({ tickets, files, outbox, identify: identifyFile, profile: 'balanced', log: quiet });
  const run = createRunner({ tickets, outbox, log: quiet });
  const readings = createReadings(connection);
  /** No portal is known. */
  const portals = { plan: async () => null };
  return { connection, clock, tickets, files, readings, portals, bus, outbox, intake, run };
}
