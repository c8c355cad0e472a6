import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { eventually } from '../support/eventually.ts';
import { aGate, aRecorder } from '../support/recorder.ts';
import { aMessage, type BusTest, emptyQueue, suiteRetry } from './bus.ts';

/** Timers and the clock of another process may differ by this much, in ms. */
const toleranceMs = 5;

export function failures({ open, aQueue }: BusTest): void {
  it('brings a failed message again after waits that grow, then keeps it as dead with the reason', async () => {
    const [bus, queue] = [await open(), aQueue()];
    const times: number[] = [];
    const { handler, received } = aRecorder(async () => {
      times.push(performance.now());
      throw new Failure('reader-unavailable', 'retry', 'no reader answers');
    });
    await bus.publish(aMessage({ queue }));

    await bus.consume(queue, handler);
    const seen = (await received(3)).map(({ attempt, isLastAttempt }) => ({ attempt, isLastAttempt }));
    await eventually(() => bus.depth(queue), { ...emptyQueue, dead: 1 });

    const [first = 0, second = 0, third = 0] = times;
    assert.deepEqual(seen, [
      { attempt: 1, isLastAttempt: false },
      { attempt: 2, isLastAttempt: false },
      { attempt: 3, isLastAttempt: true },
    ]);
    assert.ok(second - first >= suiteRetry.firstDelayMs - toleranceMs, `waited ${second - first} ms`);
    assert.ok(third - second >= suiteRetry.maxDelayMs - toleranceMs, `waited ${third - second} ms`);
    const [dead] = await bus.deadLetters(queue, 10);
    assert.equal(dead?.reason, 'reader-unavailable: no reader answers');
    assert.equal(dead.attempt, 3);
    assert.deepEqual(dead.payload, { ticketId: 't-1' });
    assert.ok(Math.abs(Date.now() - dead.deadAt.getTime()) < 60_000);
  });

  it('treats a bug as a failure to retry', async () => {
    const [bus, queue] = [await open(), aQueue()];
    const { handler, received } = aRecorder(async ({ attempt }) => {
      if (attempt === 1) throw new TypeError('undefined is not a function');
    });
    await bus.publish(aMessage({ queue }));

    await bus.consume(queue, handler);
    const seen = await received(2);
    await eventually(() => bus.depth(queue), emptyQueue);

    assert.equal(seen[1]?.attempt, 2);
  });

  for (const recovery of ['ask', 'review', 'dead-letter'] as const) {
    it(`keeps a message as dead at once when the failure says "${recovery}"`, async () => {
      const [bus, queue] = [await open(), aQueue()];
      const { handler, deliveries } = aRecorder(async () => {
        throw new Failure('encrypted-pdf', recovery, 'has a password');
      });
      await bus.publish(aMessage({ queue }));

      await bus.consume(queue, handler);
      await eventually(() => bus.depth(queue), { ...emptyQueue, dead: 1 });

      assert.equal(deliveries.length, 1);
      assert.equal((await bus.deadLetters(queue, 1))[0]?.reason, 'encrypted-pdf: has a password');
    });
  }

  it('counts what is ready, in hand, delayed and dead', async () => {
    const [bus, queue, gate] = [await open(), aQueue(), aGate()];
    const { handler } = aRecorder(async ({ payload }) => {
      if (payload['do'] === 'die') throw new Failure('no-text', 'review', 'blank');
      await gate.opened;
    });
    await bus.publish(aMessage({ id: 'a', queue, priority: 'URGENT', payload: { do: 'die' } }));
    const consumer = await bus.consume(queue, handler);
    await eventually(() => bus.depth(queue), { ...emptyQueue, dead: 1 });

    await bus.publish(aMessage({ id: 'b', queue }));
    await eventually(() => bus.depth(queue), { ...emptyQueue, dead: 1, inFlight: 1 });
    await bus.publish(aMessage({ id: 'c', queue }));

    await eventually(() => bus.depth(queue), { ready: 1, inFlight: 1, delayed: 0, dead: 1 });
    gate.open();
    await consumer.stop();
  });

  it('puts back one dead letter by its id, with its attempts counted anew', async () => {
    const [bus, queue] = [await open(), aQueue()];
    const { handler, received } = aRecorder(async ({ payload }) => {
      if (!mended) throw new Failure('no-text', 'review', `blank ${payload['n']}`);
    });
    let mended = false;
    for (const n of [1, 2, 3]) await bus.publish(aMessage({ id: `m-${n}`, queue, payload: { n } }));
    await bus.consume(queue, handler);
    await eventually(() => bus.depth(queue), { ...emptyQueue, dead: 3 });

    mended = true;
    const count = await bus.replay(queue, 'm-2');

    assert.equal(count, 1);
    const again = (await received(4))[3];
    assert.deepEqual([again?.id, again?.attempt, again?.payload], ['m-2', 1, { n: 2 }]);
    await eventually(() => bus.depth(queue), { ...emptyQueue, dead: 2 });
    assert.equal(await bus.replay(queue, 'unknown'), 0);
  });

  it('puts back all dead letters of a queue', async () => {
    const [bus, queue] = [await open(), aQueue()];
    const { handler } = aRecorder(async () => {
      if (!mended) throw new Failure('no-text', 'review', 'blank');
    });
    let mended = false;
    for (const n of [1, 2, 3]) await bus.publish(aMessage({ id: `m-${n}`, queue }));
    await bus.consume(queue, handler);
    await eventually(() => bus.depth(queue), { ...emptyQueue, dead: 3 });

    mended = true;
    const count = await bus.replay(queue);

    assert.equal(count, 3);
    await eventually(() => bus.depth(queue), emptyQueue);
  });

  it('lists no more dead letters than asked for, and leaves them there', async () => {
    const [bus, queue] = [await open(), aQueue()];
    for (const n of [1, 2, 3]) await bus.publish(aMessage({ id: `m-${n}`, queue }));
    const consumer = await bus.consume(queue, async () => {
      throw new Failure('no-text', 'review', 'blank');
    });
    await eventually(() => bus.depth(queue), { ...emptyQueue, dead: 3 });
    await consumer.stop();

    const listed = await bus.deadLetters(queue, 2);

    assert.equal(listed.length, 2);
    await eventually(async () => (await bus.deadLetters(queue, 9)).map(({ id }) => id).sort(), ['m-1', 'm-2', 'm-3']);
  });
}
