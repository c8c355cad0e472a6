import assert from 'node:assert/strict';
import { it } from 'node:test';
import { spawnWorker } from '../support/bus-worker.ts';
import { eventually } from '../support/eventually.ts';
import { aGate, aRecorder } from '../support/recorder.ts';
import { aMessage, type BusTest, emptyQueue, lookAround, suiteRetry } from './bus.ts';

export function crashes({ world, open, aQueue }: BusTest): void {
  function aWorker(queue: string) {
    return spawnWorker({ where: world().where, queue, retry: suiteRetry });
  }

  it('brings a message again, one attempt higher, when the process handling it is killed', async () => {
    const [bus, queue] = [await open(), aQueue()];
    const { handler, received } = aRecorder();
    await bus.publish(aMessage({ queue }));
    await using worker = aWorker(queue);

    assert.equal(await worker.took(), 'm-1 1');
    await worker.kill();
    await bus.consume(queue, handler);

    assert.equal((await received(1))[0]?.attempt, 2);
    await eventually(() => bus.depth(queue), emptyQueue);
  });

  it('keeps a message that killed its process at every attempt as dead, with the reason', async () => {
    const [bus, queue] = [await open(), aQueue()];
    await bus.publish(aMessage({ queue }));
    for (let attempt = 1; attempt <= suiteRetry.maxAttempts; attempt += 1) {
      await using worker = aWorker(queue);
      assert.equal(await worker.took(), `m-1 ${attempt}`);
    }
    const { handler, deliveries } = aRecorder();

    await bus.consume(queue, handler);
    await eventually(() => bus.depth(queue), { ...emptyQueue, dead: 1 });

    assert.equal(deliveries.length, 0);
    assert.match((await bus.deadLetters(queue, 1))[0]?.reason ?? '', /ended 3 times/);
  });

  it('handles a message that came back from a killed process alone', async () => {
    const [bus, queue] = [await open(), aQueue()];
    await bus.publish(aMessage({ id: 'suspect', queue, priority: 'URGENT' }));
    await using worker = aWorker(queue);
    await worker.took();
    await worker.kill();
    await eventually(async () => (await bus.depth(queue)).ready, 1);
    for (const n of [1, 2, 3]) await bus.publish(aMessage({ id: `m-${n}`, queue, priority: 'LOW' }));
    const others: number[] = [];
    const { handler, deliveries, received } = aRecorder(async ({ id }) => {
      if (id !== 'suspect') return;
      await lookAround(bus, queue, 20);
      others.push(deliveries.length - 1);
    });

    await bus.consume(queue, handler, { concurrency: 4 });
    await received(4);

    assert.equal(deliveries[0]?.id, 'suspect');
    assert.deepEqual(others, [0]);
  });

  it('loses nothing when the server behind it is killed in the middle of the work', async (t) => {
    if (world().whyNoCrash) return t.skip(world().whyNoCrash);
    const [bus, queue] = [await open(), aQueue()];
    const ids = Array.from({ length: 200 }, (_, index) => `m-${index}`);
    const { handler, deliveries, received } = aRecorder();
    await bus.consume(queue, handler, { concurrency: 4 });

    const published = publishOneByOne();
    await received(20);
    await world().crashServer();
    await world().restoreServer();
    await published;

    await eventually(() => new Set(deliveries.map(({ id }) => id)).size, ids.length);
    await eventually(() => bus.depth(queue).catch(() => undefined), emptyQueue);

    async function publishOneByOne(): Promise<void> {
      for (const id of ids) await bus.publish(aMessage({ id, queue }));
    }
  });

  it('keeps the outcome of a handler that ends while the server is away, or brings the message again', async (t) => {
    if (world().whyNoCrash) return t.skip(world().whyNoCrash);
    const [bus, queue, gate] = [await open(), aQueue(), aGate()];
    const { handler, received } = aRecorder(() => gate.opened);
    await bus.publish(aMessage({ queue }));
    await bus.consume(queue, handler);
    await received(1);

    await world().crashServer();
    gate.open();
    await world().restoreServer();

    await eventually(() => bus.depth(queue).catch(() => undefined), emptyQueue);
  });
}
