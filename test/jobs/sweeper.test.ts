import assert from 'node:assert/strict';
import { test } from 'node:test';
import { route } from '../../src/flow.ts';
import { rescueStuck } from '../../src/jobs/sweeper.ts';
import { anArrival } from '../support/builders.ts';
import { aPipeline } from '../support/pipeline.ts';
import { quiet } from '../support/store.ts';

const later = 10 * 60_000;

test('a ticket that waits in its queue is left alone, however long the queue is', async (t) => {
  const pipeline = await aPipeline(t);
  const { id } = await pipeline.intake(anArrival());
  pipeline.clock.advance(later);

  await rescueStuck({ ...pipeline, log: quiet, route });

  assert.equal((await pipeline.bus.depth('read')).ready, 1);
  assert.equal((await pipeline.tickets.load(id))?.revision, 1);
});

test('a ticket whose message is gone gets a new one, and fails with a reason when that never helps', async (t) => {
  const pipeline = await aPipeline(t);
  const { id } = await pipeline.intake(anArrival());
  const messages = pipeline.connection.collection('bus_messages');

  for (let rescue = 0; rescue < 3; rescue += 1) {
    await messages.deleteMany({ queue: 'read' });
    pipeline.clock.advance(later);
    await rescueStuck({ ...pipeline, log: quiet, route });
    assert.equal((await pipeline.bus.depth('read')).ready, 1);
  }
  await messages.deleteMany({ queue: 'read' });
  pipeline.clock.advance(later);
  await rescueStuck({ ...pipeline, log: quiet, route });

  const at = await pipeline.tickets.load(id);
  assert.equal(at?.ticket.stage, 'FAILED');
  assert.equal((await pipeline.bus.depth('answer-webchat')).ready, 1);
});
