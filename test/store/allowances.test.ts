import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAllowances } from '../../src/store/allowances.ts';
import { manualClock } from '../support/manual-clock.ts';
import { aStore } from '../support/store.ts';

test('a key may act so many times in any span, and refusals do not lengthen the wait', async (t) => {
  const clock = manualClock();
  const allowances = await createAllowances((await aStore(t)).connection, clock);
  const twiceAnHour = { times: 2, perMs: 3_600_000 };
  const take = () => allowances.take('ana', twiceAnHour);

  assert.deepEqual([await take(), await take(), await take()], [true, true, false]);
  clock.advance(1_800_000);
  assert.equal(await take(), false);
  clock.advance(1_800_000);

  assert.equal(await take(), true);
  assert.equal(await allowances.take('eve', twiceAnHour), true);
});

test('of many at the same instant no more than allowed get through', async (t) => {
  const allowances = await createAllowances((await aStore(t)).connection, manualClock());

  const taken = await Promise.all(
    Array.from({ length: 20 }, () => allowances.take('ana', { times: 3, perMs: 60_000 })),
  );

  assert.equal(taken.filter(Boolean).length, 3);
});
