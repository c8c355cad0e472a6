/** A worker process that takes messages, says so on stdout, and never ends its work: made to be killed. Started by `spawnWorker`. */
import { pino } from 'pino';
import type { Bus, RetryPolicy } from '../../src/bus/bus.ts';
import { createEmbeddedBus } from '../../src/bus/embedded/embedded-bus.ts';
import { createRabbitBus } from '../../src/bus/rabbitmq/rabbit-bus.ts';
import { connectStore } from '../../src/store/connect.ts';
import type { WorkerOptions } from './bus-worker.ts';
import { realClock } from './real-clock.ts';

// Our own spawnWorker wrote it.
const { where, queue, retry } = JSON.parse(process.argv[2] ?? '{}') as WorkerOptions;
const bus = await open(where, retry);
await bus.consume(queue, async ({ id, attempt }) => {
  process.stdout.write(`${id} ${attempt}\n`);
  await new Promise(() => {});
});

async function open(place: WorkerOptions['where'], policy: RetryPolicy): Promise<Bus> {
  const common = { clock: realClock, log: pino({ level: 'silent' }), retry: policy };
  if ('url' in place) return createRabbitBus({ ...common, ...place });
  const { connection } = await connectStore({ ...place, dataDir: '', runtimeDir: '', log: common.log });
  return createEmbeddedBus({ ...common, connection, leaseMs: place.leaseMs });
}
