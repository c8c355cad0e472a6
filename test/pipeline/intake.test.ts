import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bus } from '../../src/bus/bus.ts';
import { Failure } from '../../src/domain/failure.ts';
import { anArrival, aPicture } from '../support/builders.ts';
import { aPipeline } from '../support/pipeline.ts';

test('a document is kept, with its bytes, and queued for reading', async (t) => {
  const { intake, tickets, files, bus } = await aPipeline(t);
  const arrival = anArrival({ fileName: '../recibo.png' });

  const ticket = await intake(arrival);

  assert.equal(ticket.stage, 'UPLOADED');
  assert.equal(ticket.file.name, 'recibo.png');
  assert.deepEqual(await files.get(ticket.file.sha256), Buffer.from(arrival.bytes));
  assert.deepEqual(await tickets.outboxOf(ticket.id), []);
  assert.equal((await bus.depth('read')).ready, 1);
});

test('the same message twice, even at once, makes one ticket', async (t) => {
  const { intake, bus } = await aPipeline(t);
  const arrival = anArrival();

  const [first, second] = await Promise.all([intake(arrival), intake(arrival)]);
  const third = await intake(arrival);

  assert.equal(first.id, second.id);
  assert.equal(first.id, third.id);
  assert.equal((await bus.depth('read')).ready, 1);
});

test('the same bytes in another message are a DUPLICATE that points to the first', async (t) => {
  const { intake } = await aPipeline(t);
  const bytes = aPicture();

  const first = await intake(anArrival({ bytes }));
  const second = await intake(anArrival({ bytes }));

  assert.equal(second.stage, 'DUPLICATE');
  assert.equal(second.duplicateOf, first.id);
});

test('a message id that comes again with other bytes is refused, as they would be lost in silence', async (t) => {
  const { intake } = await aPipeline(t);
  const arrival = anArrival();
  await intake(arrival);

  const again = intake({ ...arrival, bytes: aPicture() });

  await assert.rejects(again, (error) => error instanceof Failure && error.code === 'invalid-request');
});

test('the same bytes in another company are no duplicate', async (t) => {
  const { intake } = await aPipeline(t);
  const bytes = aPicture();

  await intake(anArrival({ bytes, companyId: 'acme' }));
  const other = await intake(anArrival({ bytes, companyId: 'globex' }));

  assert.equal(other.stage, 'UPLOADED');
});

test('ten messages with the same bytes at once make one ticket and nine duplicates of it', async (t) => {
  const { intake } = await aPipeline(t);
  const bytes = aPicture();

  const made = await Promise.all(Array.from({ length: 10 }, () => intake(anArrival({ bytes }))));

  const [first, ...others] = made.filter(({ stage }) => stage === 'UPLOADED');
  assert.deepEqual(others, []);
  assert.equal(made.filter(({ duplicateOf }) => duplicateOf === first?.id).length, 9);
});

test('a document that failed is read again when it is sent again', async (t) => {
  const { intake, tickets } = await aPipeline(t);
  const bytes = aPicture();
  const first = await intake(anArrival({ bytes }));
  const at = await tickets.load(first.id);
  assert.ok(at);
  await tickets.move(at, 'FAILED', { error: { code: 'reader-unavailable', message: 'no reader' } });

  await intake(anArrival({ bytes }));

  const now = await tickets.load(first.id);
  assert.equal(now?.ticket.stage, 'UPLOADED');
  assert.equal(now?.ticket.error, null);
});

test('asked for again, a finished ticket is read afresh, unless a person corrected it', async (t) => {
  const { intake, tickets, clock } = await aPipeline(t);
  const finish = async (source: string) => {
    const arrival = anArrival();
    const { id } = await intake(arrival);
    const reading = await tickets.load(id).then((at) => at && tickets.move(at, 'OCR_PROCESSING'));
    const fields = { total: { value: '1.00', confidence: 1, box: null, source } };
    assert.ok(reading && (await tickets.move(reading, 'HUMAN_REVIEW', { fields })));
    return { id, arrival };
  };
  const [byEngine, byPerson] = [await finish('ocr/label'), await finish('person')];
  clock.advance(1_000);

  for (const { arrival } of [byEngine, byPerson]) await intake({ ...arrival, again: clock.now() });

  assert.equal((await tickets.load(byEngine.id))?.ticket.stage, 'UPLOADED');
  assert.equal((await tickets.load(byPerson.id))?.ticket.stage, 'HUMAN_REVIEW');
});

test('a file that is no document is refused with what the sender can do, and nothing is kept', async (t) => {
  const { intake, tickets } = await aPipeline(t);

  await assert.rejects(
    intake(anArrival({ fileName: 'nota.jpg', bytes: Buffer.from('hola') })),
    (error) => error instanceof Failure && error.code === 'unsupported-type' && error.recovery === 'ask',
  );
  assert.deepEqual(await tickets.latest('acme', { limit: 10 }), []);
});

test('a process that dies between save and publish leaves a message that the sweeper brings to the bus', async (t) => {
  let isBusAway = true;
  const flaky = (real: Bus): Bus => ({
    ...real,
    publish: (message) => (isBusAway ? Promise.reject(new Error('away')) : real.publish(message)),
  });
  const { intake, outbox, bus, clock, tickets } = await aPipeline(t, { bus: flaky });

  const ticket = await intake(anArrival());
  isBusAway = false;
  clock.advance(10_000);
  await outbox.sweep();

  assert.equal((await bus.depth('read')).ready, 1);
  assert.deepEqual(await tickets.outboxOf(ticket.id), []);
});
