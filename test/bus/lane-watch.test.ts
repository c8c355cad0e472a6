import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLaneWatch } from '../../src/bus/lane-watch.ts';
import { manualClock } from '../support/manual-clock.ts';

const quietMs = 1_000;

describe('createLaneWatch', () => {
  it('keeps an empty lane quiet for a while, and only that lane', () => {
    const clock = manualClock();
    const watch = createLaneWatch(clock, quietMs);

    watch.foundEmpty('LOW', watch.rings());
    const before = [watch.isQuiet('LOW'), watch.isQuiet('HIGH')];
    clock.advance(quietMs);

    assert.deepEqual(before, [true, false]);
    assert.equal(watch.isQuiet('LOW'), false);
  });

  it('ends the quiet of a lane that rings', () => {
    const watch = createLaneWatch(manualClock(), quietMs);
    for (const lane of ['LOW', 'HIGH'] as const) watch.foundEmpty(lane, watch.rings());

    watch.ring('LOW');

    assert.deepEqual([watch.isQuiet('LOW'), watch.isQuiet('HIGH')], [false, true]);
  });

  it('does not believe a look that a ring has overtaken', () => {
    const watch = createLaneWatch(manualClock(), quietMs);
    const rings = watch.rings();

    watch.ring('LOW');
    watch.foundEmpty('LOW', rings);

    assert.equal(watch.isQuiet('LOW'), false);
  });

  it('does not sleep when it has rung since the look', async () => {
    const watch = createLaneWatch(manualClock(), quietMs);
    const rings = watch.rings();
    watch.ring();

    await watch.wait(rings, 60_000);

    assert.notEqual(watch.rings(), rings);
  });

  it('wakes every sleeper at a ring', async () => {
    const watch = createLaneWatch(manualClock(), quietMs);
    const sleepers = [watch.wait(0, 60_000), watch.wait(0, 60_000)];

    watch.ring('URGENT');

    await Promise.all(sleepers);
  });

  it('wakes a sleeper when its time is up', async () => {
    const clock = manualClock();
    const watch = createLaneWatch(clock, quietMs);
    const sleeper = watch.wait(0, 500);

    clock.advance(500);

    await sleeper;
  });
});
