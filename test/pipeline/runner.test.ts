import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Delivery } from '../../src/bus/bus.ts';
import { Failure, type Recovery } from '../../src/domain/failure.ts';
import type { Step } from '../../src/pipeline/step.ts';
import { anArrival } from '../support/builders.ts';
import { aPipeline } from '../support/pipeline.ts';

const signal = new AbortController().signal;

async function aQueuedTicket(t: TestContext) {
  const pipeline = await aPipeline(t);
  const { id } = await pipeline.intake(anArrival());
  const stageNow = async () => (await pipeline.tickets.load(id))?.ticket;
  return { ...pipeline, id, stageNow };
}

function aDelivery(ticketId: string, changes: Partial<Delivery> = {}): Delivery {
  const payload = { ticketId, revision: 1 };
  return { id: 'm', queue: 'read', priority: 'NORMAL', payload, attempt: 1, isLastAttempt: false, ...changes };
}

function aStep(run: Step['run']): Step {
  return { queue: 'read', from: 'UPLOADED', stage: 'OCR_PROCESSING', run };
}

function failing(recovery: Recovery): Step {
  return aStep(async () => {
    throw new Failure('damaged-file', recovery, 'broken');
  });
}

test('a step moves its ticket on and feeds the next queue', async (t) => {
  const { run, id, stageNow, bus } = await aQueuedTicket(t);
  const step = aStep(async () => ({ to: 'MERCHANT_CLASSIFICATION' }));

  await run(step)(aDelivery(id), signal);

  const ticket = await stageNow();
  assert.deepEqual(
    ticket?.history.map(({ stage }) => stage),
    ['UPLOADED', 'OCR_PROCESSING', 'MERCHANT_CLASSIFICATION'],
  );
  assert.equal((await bus.depth('classify')).ready, 1);
});

test('a message that comes again after the ticket went on does nothing', async (t) => {
  const { run, id, stageNow, bus } = await aQueuedTicket(t);
  let runs = 0;
  const step = aStep(async () => {
    runs += 1;
    return { to: 'MERCHANT_CLASSIFICATION' };
  });

  await run(step)(aDelivery(id), signal);
  await run(step)(aDelivery(id, { attempt: 2 }), signal);

  assert.equal(runs, 1);
  assert.equal((await stageNow())?.history.length, 3);
  assert.equal((await bus.depth('classify')).ready, 1);
});

test('two workers with the same ticket: both work, one moves it', async (t) => {
  const { run, id, stageNow, bus } = await aQueuedTicket(t);
  const bothIn = Promise.withResolvers<void>();
  let inside = 0;
  const step = aStep(async () => {
    inside += 1;
    if (inside === 2) bothIn.resolve();
    await bothIn.promise;
    return { to: 'MERCHANT_CLASSIFICATION' };
  });

  await Promise.all([run(step)(aDelivery(id), signal), run(step)(aDelivery(id), signal)]);

  assert.equal((await stageNow())?.history.length, 3);
  assert.equal((await bus.depth('classify')).ready, 1);
});

test('a worker that died while working leaves a ticket that the next one takes up', async (t) => {
  const { run, id, stageNow, tickets } = await aQueuedTicket(t);
  const at = await tickets.load(id);
  assert.ok(at && (await tickets.move(at, 'OCR_PROCESSING')));

  await run(aStep(async () => ({ to: 'MERCHANT_CLASSIFICATION' })))(aDelivery(id, { attempt: 2 }), signal);

  assert.equal((await stageNow())?.stage, 'MERCHANT_CLASSIFICATION');
});

test('a failure that may pass leaves the ticket waiting and asks the bus for another try', async (t) => {
  const { run, id, stageNow } = await aQueuedTicket(t);

  await assert.rejects(run(failing('retry'))(aDelivery(id), signal), Failure);

  assert.equal((await stageNow())?.stage, 'OCR_PROCESSING');
});

test('after the last try the ticket fails with its reason, and the message is dead-lettered', async (t) => {
  const { run, id, stageNow } = await aQueuedTicket(t);

  await assert.rejects(run(failing('retry'))(aDelivery(id, { attempt: 4, isLastAttempt: true }), signal), Failure);

  const ticket = await stageNow();
  assert.equal(ticket?.stage, 'FAILED');
  assert.equal(ticket?.error?.code, 'damaged-file');
});

test('what the user can mend fails the ticket and answers, without another try', async (t) => {
  const { run, id, stageNow, bus } = await aQueuedTicket(t);

  await run(failing('ask'))(aDelivery(id), signal);

  assert.equal((await stageNow())?.stage, 'FAILED');
  assert.equal((await bus.depth('answer-webchat')).ready, 1);
});

test('what needs a person goes to review with its reason', async (t) => {
  const { run, id, stageNow } = await aQueuedTicket(t);

  await run(failing('review'))(aDelivery(id), signal);

  const ticket = await stageNow();
  assert.equal(ticket?.stage, 'HUMAN_REVIEW');
  assert.deepEqual(ticket?.reasons, ['damaged-file']);
});

test('a bug counts as a failure that may pass', async (t) => {
  const { run, id, stageNow } = await aQueuedTicket(t);
  const buggy = aStep(async () => {
    throw new TypeError('x is not a function');
  });

  await assert.rejects(run(buggy)(aDelivery(id), signal), Failure);

  assert.equal((await stageNow())?.stage, 'OCR_PROCESSING');
});
