/**
 * How fast the two buses are on this machine: `node bench/bus.ts [--json] [--messages N]`.
 * A cycle is publish (journaled, or confirmed by the broker) → claim → handle → acknowledge.
 */
import { parseArgs } from 'node:util';
import type { Bus } from '../src/bus/bus.ts';
import { createEmbeddedBus } from '../src/bus/embedded/embedded-bus.ts';
import { createRabbitBus } from '../src/bus/rabbitmq/rabbit-bus.ts';
import { startRabbit, whyNoRabbit } from '../test/support/rabbitmq.ts';
import { realClock } from '../test/support/real-clock.ts';
import { aStore, quiet } from '../test/support/store.ts';

interface Result {
  bus: string;
  messages: number;
  cyclesPerSecond: number;
  publishP50Ms: number;
  publishP95Ms: number;
  /** From the call of `publish` to the start of the handler, one message at a time. */
  deliveryP50Ms: number;
  deliveryP95Ms: number;
}

const publishersAtOnce = 16;
const handlersAtOnce = 8;
const singles = 300;

const { values } = parseArgs({ options: { json: { type: 'boolean' }, messages: { type: 'string', default: '5000' } } });
const messages = Number(values.messages);
const results = [await onEmbedded(), ...(whyNoRabbit ? [] : [await onRabbit()])];
if (values.json) console.log(JSON.stringify(results, null, 2));
else console.table(Object.fromEntries(results.map(({ bus, ...figures }) => [bus, figures])));
if (whyNoRabbit) console.error(`skipped: ${whyNoRabbit}`);

async function onEmbedded(): Promise<Result> {
  const cleanups: (() => unknown)[] = [];
  const { connection } = await aStore({ after: (cleanup) => void cleanups.push(cleanup as () => unknown) }); // node:test hands no context here
  const bus = await createEmbeddedBus({ connection, clock: realClock, log: quiet });
  const result = await measure('embedded', bus);
  await bus.close();
  for (const cleanup of cleanups) await cleanup();
  return result;
}

async function onRabbit(): Promise<Result> {
  await using server = await startRabbit();
  const bus = await createRabbitBus({ url: server.url, clock: realClock, log: quiet });
  const result = await measure('rabbitmq', bus);
  await bus.close();
  return result;
}

async function measure(name: string, bus: Bus): Promise<Result> {
  const deliveryMs = await measureSingles(bus);
  const { publishMs, cyclesPerSecond } = await measureMany(bus);
  return {
    bus: name,
    messages,
    cyclesPerSecond: Math.round(cyclesPerSecond),
    publishP50Ms: percentile(publishMs, 0.5),
    publishP95Ms: percentile(publishMs, 0.95),
    deliveryP50Ms: percentile(deliveryMs, 0.5),
    deliveryP95Ms: percentile(deliveryMs, 0.95),
  };
}

async function measureSingles(bus: Bus): Promise<number[]> {
  const durations: number[] = [];
  let arrived = () => {};
  const consumer = await bus.consume('single', async () => arrived());
  for (let index = 0; index < singles; index += 1) {
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const start = performance.now();
    await bus.publish({ id: `s-${index}`, queue: 'single', priority: 'NORMAL', payload: { index } });
    await arrival;
    durations.push(performance.now() - start);
  }
  await consumer.stop();
  return durations;
}

async function measureMany(bus: Bus): Promise<{ publishMs: number[]; cyclesPerSecond: number }> {
  const publishMs: number[] = [];
  const priorities = ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const;
  let next = 0;
  let handled = 0;
  const all = Promise.withResolvers<void>();
  const start = performance.now();
  const consumer = await bus.consume(
    'many',
    async () => {
      handled += 1;
      if (handled === messages) all.resolve();
    },
    { concurrency: handlersAtOnce },
  );
  await Promise.all(Array.from({ length: publishersAtOnce }, publishSome));
  await all.promise;
  await consumer.stop();
  return { publishMs, cyclesPerSecond: messages / ((performance.now() - start) / 1000) };

  async function publishSome(): Promise<void> {
    while (next < messages) {
      const index = next;
      next += 1;
      const before = performance.now();
      const priority = priorities[index % priorities.length] ?? 'NORMAL';
      await bus.publish({ id: `m-${index}`, queue: 'many', priority, payload: { index } });
      publishMs.push(performance.now() - before);
    }
  }
}

function percentile(durations: readonly number[], share: number): number {
  const sorted = durations.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
}
