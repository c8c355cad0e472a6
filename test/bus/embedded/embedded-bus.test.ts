import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createEmbeddedBus, type EmbeddedBusOptions } from '../../../src/bus/embedded/embedded-bus.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { Store } from '../../../src/store/connect.ts';
import { aMessage, emptyQueue } from '../../contracts/bus.ts';
import { eventually } from '../../support/eventually.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';
import { realClock } from '../../support/real-clock.ts';
import { aGate, aRecorder } from '../../support/recorder.ts';
import { aStore, quiet } from '../../support/store.ts';

const leaseMs = 30_000;

describe('the embedded bus', { timeout: 60_000 }, () => {
  const cleanups: (() => unknown)[] = [];
  let store: Store;

  before(async () => {
    // `after` takes a callback with a context, which `aStore` does not use.
    store = await aStore({ after: (cleanup) => void cleanups.push(cleanup as () => unknown) });
  });

  after(async () => {
    for (const cleanup of cleanups) await cleanup();
  });

  function aBus(changes: Partial<EmbeddedBusOptions> = {}) {
    return createEmbeddedBus({ connection: store.connection, clock: realClock, log: quiet, leaseMs, ...changes });
  }

  function storedMessages() {
    return store.connection.collection('bus_messages');
  }

  async function availableAt(queue: string): Promise<number> {
    return (await storedMessages().findOne({ queue }))?.['availableAt'].getTime();
  }

  it('takes a message once although it is published again while it waits, is in hand, or is dead', async () => {
    const [bus, queue, gate] = [await aBus(), 'again', aGate()];
    const { handler, deliveries, received } = aRecorder(async () => {
      await gate.opened;
      throw new Failure('no-text', 'review', 'blank');
    });

    for (const _ of [1, 2]) await bus.publish(aMessage({ queue }));
    await bus.consume(queue, handler);
    await received(1);
    await bus.publish(aMessage({ queue }));
    gate.open();
    await eventually(() => bus.depth(queue), { ...emptyQueue, dead: 1 });
    await bus.publish(aMessage({ queue }));

    assert.deepEqual(await bus.depth(queue), { ...emptyQueue, dead: 1 });
    assert.equal(deliveries.length, 1);
    await bus.close();
  });

  it('keeps the same id apart in different queues', async () => {
    const bus = await aBus();

    await bus.publish(aMessage({ queue: 'apart-1' }));
    await bus.publish(aMessage({ queue: 'apart-2' }));

    assert.deepEqual([(await bus.depth('apart-1')).ready, (await bus.depth('apart-2')).ready], [1, 1]);
  });

  it('waits exactly as long as the policy says before the next attempt', async () => {
    const clock = manualClock();
    const [bus, queue] = [
      await aBus({ clock, retry: { maxAttempts: 4, firstDelayMs: 1_000, maxDelayMs: 60_000 } }),
      'exact',
    ];
    const { handler, deliveries, received } = aRecorder(async () => {
      throw new Error('bug');
    });
    await bus.publish(aMessage({ queue }));
    await bus.consume(queue, handler);

    const waitsMs: number[] = [];
    for (const attempt of [1, 2, 3]) {
      await received(attempt);
      await eventually(() => bus.depth(queue), { ...emptyQueue, delayed: 1 });
      waitsMs.push((await availableAt(queue)) - clock.now().getTime());
      await advanceUntil(clock, () => deliveries.length > attempt);
    }
    await eventually(() => bus.depth(queue), { ...emptyQueue, dead: 1 });

    assert.deepEqual(waitsMs, [1_000, 2_000, 4_000]);
    await bus.close();
  });

  it('renews the lease of a handler that takes longer than it', async () => {
    const { clock, slept } = countingClock();
    const [bus, queue, gate] = [await aBus({ clock }), 'long', aGate()];
    const { handler, deliveries, received } = aRecorder(() => gate.opened);
    await bus.publish(aMessage({ queue }));
    await bus.consume(queue, handler, { concurrency: 2 });
    await received(1);

    for (let thirds = 1; thirds <= 9; thirds += 1) {
      await eventually(() => slept(leaseMs / 3), thirds);
      clock.advance(leaseMs / 3);
    }
    await eventually(() => slept(leaseMs / 3), 10);

    assert.deepEqual(await bus.depth(queue), { ...emptyQueue, inFlight: 1 });
    assert.equal(deliveries.length, 1);
    gate.open();
    await eventually(() => bus.depth(queue), emptyQueue);
    await bus.close();
  });

  it('tells a handler that its message went to another, and lets the other settle it', async () => {
    const [bus, queue, gate] = [await aBus({ leaseMs: 300 }), 'stolen', aGate()];
    let signal: AbortSignal | undefined;
    const { handler, received } = aRecorder(async (_, given) => {
      signal = given;
      await gate.opened;
    });
    await bus.publish(aMessage({ queue }));
    await bus.consume(queue, handler);
    await received(1);

    await storedMessages().updateOne(
      { queue },
      { $set: { holder: 'another', availableAt: new Date(Date.now() + 60_000) } },
    );
    await eventually(() => signal?.aborted, true);
    gate.open();
    await bus.close();

    assert.deepEqual(await bus.depth(queue), { ...emptyQueue, inFlight: 1 });
  });

  it('puts aside what is no message of ours, and goes on with the next', async () => {
    const [bus, queue] = [await aBus(), 'foreign'];
    const foreign = { queue, state: 'open', priority: 'URGENT', availableAt: new Date(0), attempt: 0, holder: null };
    await storedMessages().insertOne({ ...foreign, payload: '{"deep":{"er":1}}' });
    await bus.publish(aMessage({ queue }));
    const { handler, received } = aRecorder();

    await bus.consume(queue, handler);
    const [delivery] = await received(1);
    await eventually(() => bus.depth(queue), { ...emptyQueue, dead: 1 });

    assert.equal(delivery?.id, 'm-1');
    assert.match((await bus.deadLetters(queue, 1))[0]?.reason ?? '', /not a message of ours/);
    await bus.close();
  });

  it('says that the bus is unavailable when the database stays away', async () => {
    const broken = await aStoreOfItsOwn();
    const bus = await aBus({ connection: broken.connection, publishTimeoutMs: 100 });
    await broken.connection.close();

    await assert.rejects(bus.publish(aMessage({ queue: 'away' })), { code: 'bus-unavailable', recovery: 'retry' });
  });

  function aStoreOfItsOwn(): Promise<Store> {
    return aStore({ after: (cleanup) => void cleanups.push(cleanup as () => unknown) });
  }
});

/** Lets time pass until it is so; those who were woken look at the database in real time. */
async function advanceUntil(clock: ManualClock, isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    clock.advance(100);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** A manual clock that says how often it was asked to sleep for so long. */
function countingClock() {
  const clock = manualClock();
  const asked: number[] = [];
  const sleep: ManualClock['sleep'] = (ms, signal) => {
    asked.push(ms);
    return clock.sleep(ms, signal);
  };
  return { clock: { ...clock, sleep }, slept: (ms: number) => asked.filter((each) => each === ms).length };
}
