import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLeases } from '../../src/store/leases.ts';
import { aStore } from '../support/store.ts';

const at = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1_000);

test('one holder has a lease until it runs out or is let go; of two who ask at once one gets it', async (t) => {
  const { connection } = await aStore(t);
  const leases = createLeases(connection);
  const atOnce = await Promise.all(['a', 'b', 'c'].map((holder) => leases.take('line', holder, at(0), at(10))));
  const winner = ['a', 'b', 'c'][atOnce.indexOf(true)] ?? '';

  assert.equal(atOnce.filter(Boolean).length, 1);
  assert.equal(await leases.take('line', 'other', at(5), at(15)), false);
  assert.equal(await leases.take('line', winner, at(5), at(15)), true);
  assert.equal(await leases.take('line', 'other', at(16), at(26)), true);
  await leases.release('line', winner);
  assert.equal(await leases.take('line', winner, at(17), at(27)), false);
  await leases.release('line', 'other');
  assert.equal(await leases.take('line', winner, at(17), at(27)), true);
});
