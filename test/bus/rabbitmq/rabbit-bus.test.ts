import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Connection } from 'rabbitmq-client';
import { createRabbitBus, type RabbitBusOptions } from '../../../src/bus/rabbitmq/rabbit-bus.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { aMessage, emptyQueue } from '../../contracts/bus.ts';
import { eventually } from '../../support/eventually.ts';
import { type RabbitServer, startRabbit, whyNoRabbit } from '../../support/rabbitmq.ts';
import { realClock } from '../../support/real-clock.ts';
import { aRecorder } from '../../support/recorder.ts';
import { quiet } from '../../support/store.ts';

const prefix = `test-${process.pid}`;

describe('the RabbitMQ bus', { skip: whyNoRabbit, timeout: 120_000 }, () => {
  let server: RabbitServer;
  let operator: Connection;

  before(async () => {
    server = await startRabbit();
    operator = new Connection({ url: server.url, noDelay: true });
    operator.on('error', () => {}); // the broker is killed on purpose
    await operator.onConnect();
  });

  after(async () => {
    // Its publishers are still open, and close() would wait for them.
    operator.unsafeDestroy();
    await server[Symbol.asyncDispose]();
  });

  function aBus(changes: Partial<RabbitBusOptions> = {}) {
    return createRabbitBus({ url: server.url, prefix, clock: realClock, log: quiet, ...changes });
  }

  for (const contentType of ['application/json', 'text/plain', 'application/octet-stream']) {
    it(`puts aside what is no message of ours (${contentType}), as it came, and goes on with the next`, async () => {
      const [bus, queue] = [await aBus(), `foreign-${contentType.replace('/', '-')}`];
      await bus.publish(aMessage({ queue, priority: 'LOW' }));
      const where = { exchange: `${prefix}.work`, routingKey: `${queue}.URGENT`, contentType, durable: true };
      await operator.createPublisher({ confirm: true }).send(where, Buffer.from('{"not": ours'));
      const { handler, received } = aRecorder();

      await bus.consume(queue, handler);
      const [delivery] = await received(1);
      await eventually(() => bus.depth(queue), { ...emptyQueue, dead: 1 });

      assert.equal(delivery?.id, 'm-1');
      assert.match((await bus.deadLetters(queue, 1))[0]?.reason ?? '', /not a message of ours/);
      const kept = await operator.basicGet(`${prefix}.${queue}.dead`);
      assert.equal(String(kept?.body), '{"not": ours');
      assert.equal(await bus.replay(queue), 0);
      await bus.close();
    });
  }

  it('does not believe hostile headers', async () => {
    const [bus, queue] = [await aBus(), 'headers'];
    const { handler, received } = aRecorder();
    await bus.publish(aMessage({ queue }));
    const headers = { attempt: -5, reason: 7, 'dead-at': 'never' };
    const body = Buffer.from(JSON.stringify({ priority: 'LOW', payload: '{}' }));
    const where = {
      exchange: `${prefix}.work`,
      routingKey: `${queue}.URGENT`,
      messageId: 'odd',
      durable: true,
      headers,
    };
    await operator.createPublisher({ confirm: true }).send(where, body);

    await bus.consume(queue, handler);
    const deliveries = await received(2);

    assert.deepEqual(deliveries.map(({ id, attempt }) => [id, attempt]).sort(), [
      ['m-1', 1],
      ['odd', 1],
    ]);
    await bus.close();
  });

  it('never says that a message is kept when an operator has deleted its queues, and makes them anew', async () => {
    const [bus, queue] = [await aBus({ publishTimeoutMs: 300 }), 'deleted'];
    await bus.publish(aMessage({ queue }));
    await operator.queueDelete({ queue: `${prefix}.${queue}.NORMAL` });

    await assert.rejects(bus.publish(aMessage({ queue })), { code: 'bus-unavailable', recovery: 'retry' });
    await bus.publish(aMessage({ queue, id: 'after' }));

    assert.equal((await bus.depth(queue)).ready, 1);
    await bus.close();
  });

  it('keeps its names apart by their prefix', async () => {
    const [one, two, queue] = [await aBus(), await aBus({ prefix: `${prefix}-other` }), 'prefixed'];

    await one.publish(aMessage({ queue }));

    assert.deepEqual([(await one.depth(queue)).ready, (await two.depth(queue)).ready], [1, 0]);
    await one.close();
    await two.close();
  });

  it('closes its connections, also while it consumes', async () => {
    const bus = await aBus();
    await bus.consume('closing', async () => {});

    await bus.close();

    await assert.rejects(bus.publish(aMessage({ queue: 'closing' })), { code: 'bus-unavailable' });
  });

  it('says that the bus is unavailable when no broker answers at the start', async () => {
    await assert.rejects(
      aBus({ url: 'amqp://guest:guest@127.0.0.1:1', connectTimeoutMs: 200 }),
      (error) => error instanceof Failure && error.code === 'bus-unavailable' && error.recovery === 'retry',
    );
  });

  it('says that the bus is unavailable while the broker is away, and publishes when it is back', async (t) => {
    if (!server.isOurs) return t.skip('the server of TEST_RABBITMQ_URL is not ours to kill');
    const [bus, queue] = [await aBus({ publishTimeoutMs: 300 }), 'away'];
    await bus.publish(aMessage({ queue }));
    await server.kill();

    await assert.rejects(bus.publish(aMessage({ queue })), { code: 'bus-unavailable', recovery: 'retry' });
    await server.start();

    await eventually(() => bus.publish(aMessage({ queue })).catch((error: unknown) => String(error)), undefined);
    await bus.close();
  });
});
