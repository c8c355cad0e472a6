import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Bus, maxMessageBytes, type Priority } from '../../src/bus/bus.ts';
import { turnsPerCycle } from '../../src/bus/lanes.ts';
import { Failure } from '../../src/domain/failure.ts';
import { eventually } from '../support/eventually.ts';
import { aGate, aRecorder } from '../support/recorder.ts';
import { aMessage, type BusTest, emptyQueue, lookAround } from './bus.ts';

export function deliveries({ open, aQueue }: BusTest): void {
  it('delivers what was published, as it was, and forgets it when the handler is done', async () => {
    const [bus, queue] = [await open(), aQueue()];
    const payload = { $set: 'ñ “€” 🧾', 'a.b': 1.5, constructor: true, '': null };
    const { handler, received } = aRecorder();

    await bus.publish(aMessage({ queue, priority: 'HIGH', payload }));
    await bus.consume(queue, handler);

    const expected = { id: 'm-1', queue, priority: 'HIGH', payload, attempt: 1, isLastAttempt: false };
    assert.deepEqual(await received(1), [expected]);
    await eventually(() => bus.depth(queue), emptyQueue);
  });

  it('keeps what was published when nobody consumes yet, also for another process', async () => {
    const [publisher, consumer, queue] = [await open(), await open(), aQueue()];
    const { handler, received } = aRecorder();
    await publisher.publish(aMessage({ queue }));

    await eventually(() => publisher.depth(queue), { ...emptyQueue, ready: 1 });
    await consumer.consume(queue, handler);

    assert.equal((await received(1)).length, 1);
  });

  it('wakes a consumer that was idle, also in another process', async () => {
    const [publisher, consumer, queue] = [await open(), await open(), aQueue()];
    const { handler, received } = aRecorder();
    await consumer.consume(queue, handler);
    await eventually(() => consumer.depth(queue), emptyQueue);

    await publisher.publish(aMessage({ queue }));

    assert.equal((await received(1))[0]?.id, 'm-1');
  });

  it('gives each message to one of several consumers', async () => {
    const [one, two, queue] = [await open(), await open(), aQueue()];
    const { handler, deliveries } = aRecorder();
    await one.consume(queue, handler, { concurrency: 3 });
    await two.consume(queue, handler, { concurrency: 3 });

    await publishMany(one, queue, 'NORMAL', 60);
    await eventually(() => new Set(deliveries.map(({ id }) => id)).size, 60);
    await eventually(() => one.depth(queue), emptyQueue);

    assert.equal(deliveries.length, 60);
  });

  it('handles as many at once as it was allowed, over all lanes', async () => {
    const [bus, queue, gate] = [await open(), aQueue(), aGate()];
    const { handler, deliveries, received } = aRecorder(() => gate.opened);
    for (const priority of ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const) await publishMany(bus, queue, priority, 2);

    await bus.consume(queue, handler, { concurrency: 3 });
    await received(3);
    await eventually(() => bus.depth(queue), { ...emptyQueue, ready: 5, inFlight: 3 });
    const atOnce = deliveries.length;
    gate.open();

    assert.equal(atOnce, 3);
    assert.equal((await received(8)).length, 8);
  });

  it('lets a LOW message through within one cycle although 1000 URGENT ones wait', async () => {
    const [bus, queue] = [await open(), aQueue()];
    const { handler, received } = aRecorder();
    await publishMany(bus, queue, 'URGENT', 1_000);
    await bus.publish(aMessage({ id: 'patient', queue, priority: 'LOW' }));

    const consumer = await bus.consume(queue, handler);
    const first = (await received(turnsPerCycle)).slice(0, turnsPerCycle);
    await consumer.stop();

    assert.equal(first.filter(({ id }) => id === 'patient').length, 1);
  });

  it('serves the urgent lane more often than the others, and every lane', async () => {
    const [bus, queue] = [await open(), aQueue()];
    const { handler, received } = aRecorder();
    for (const priority of ['LOW', 'NORMAL', 'HIGH', 'URGENT'] as const) await publishMany(bus, queue, priority, 20);

    const consumer = await bus.consume(queue, handler);
    const first = (await received(turnsPerCycle)).slice(0, turnsPerCycle);
    await consumer.stop();

    const served = Object.groupBy(first, ({ priority }) => priority);
    assert.deepEqual(
      (['URGENT', 'HIGH', 'NORMAL', 'LOW'] as const).map((priority) => served[priority]?.length),
      [8, 4, 2, 1],
    );
  });

  it('finishes all that is in hand when a consumer stops, and leaves the rest', async () => {
    const [bus, queue, gate] = [await open(), aQueue(), aGate()];
    let [started, finished] = [0, 0];
    const { handler, received } = aRecorder(async () => {
      await gate.opened;
      started += 1;
      await lookAround(bus, queue, 5 * started);
      finished += 1;
    });
    await publishMany(bus, queue, 'NORMAL', 5);
    const consumer = await bus.consume(queue, handler, { concurrency: 3 });
    await received(3);

    const stopped = consumer.stop();
    gate.open();
    await stopped;

    assert.equal(finished, 3);
    await eventually(() => bus.depth(queue), { ...emptyQueue, ready: 2 });
  });

  it('finishes what is in hand when the bus closes', async () => {
    const [closing, other, queue, gate] = [await open(), await open(), aQueue(), aGate()];
    const { handler, received } = aRecorder(() => gate.opened);
    await closing.publish(aMessage({ queue }));
    await closing.consume(queue, handler);
    await received(1);

    const closed = closing.close();
    gate.open();
    await closed;

    await eventually(() => other.depth(queue), emptyQueue);
  });

  it('takes a message at the size limit and refuses one above it', async () => {
    const [bus, queue] = [await open(), aQueue()];
    const { handler, received } = aRecorder();
    const frame = JSON.stringify(aMessage({ queue, payload: { text: '' } })).length;
    const text = 'x'.repeat(maxMessageBytes - frame);

    await assert.rejects(
      bus.publish(aMessage({ queue, payload: { text: `${text}x` } })),
      (error) => error instanceof Failure && error.code === 'too-large' && error.recovery === 'dead-letter',
    );
    await bus.publish(aMessage({ queue, payload: { text } }));
    await bus.consume(queue, handler);

    assert.equal((await received(1))[0]?.payload['text'], text);
  });

  it('refuses what is not a message', async () => {
    const bus = await open();
    const strange = [
      { queue: 'a b' },
      { queue: 'x'.repeat(81) },
      { queue: 'q', id: '' },
      { queue: 'q', payload: { n: Number.NaN } },
    ];

    for (const changes of strange) {
      await assert.rejects(bus.publish(aMessage(changes)), { code: 'invalid-request', recovery: 'dead-letter' });
    }
  });
}

async function publishMany(bus: Bus, queue: string, priority: Priority, count: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `${priority}-${index}`);
  await Promise.all(ids.map((id) => bus.publish(aMessage({ id, queue, priority }))));
}
