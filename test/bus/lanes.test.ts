import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Priority, priorities } from '../../src/bus/bus.ts';
import { laneOrder, turnsPerCycle } from '../../src/bus/lanes.ts';

/** Serves `turns` messages from lanes that hold `waiting` each, as a consumer would, and says from which. */
function serve(waiting: Record<Priority, number>, firstTurn: number, turns: number): Priority[] {
  const left = { ...waiting };
  return Array.from({ length: turns }, (_, index) => firstTurn + index)
    .map((turn) => laneOrder(turn).find((lane) => left[lane] > 0))
    .filter((lane) => lane !== undefined)
    .map((lane) => {
      left[lane] -= 1;
      return lane;
    });
}

const backlog = fc.record<Record<Priority, number>>({
  LOW: fc.nat(200),
  NORMAL: fc.nat(200),
  HIGH: fc.nat(200),
  URGENT: fc.nat(200),
});

describe('laneOrder', () => {
  it('serves every lane that has something at least once a cycle, whatever waits in the others', () => {
    fc.assert(
      fc.property(backlog, fc.nat(1_000), (waiting, turn) => {
        const served = new Set(serve(waiting, turn, turnsPerCycle));

        for (const lane of priorities) assert.equal(served.has(lane), waiting[lane] > 0);
      }),
    );
  });

  it('never lets a turn pass while something waits', () => {
    fc.assert(
      fc.property(backlog, fc.nat(1_000), (waiting, turn) => {
        const total = priorities.reduce((sum, lane) => sum + waiting[lane], 0);

        assert.equal(serve(waiting, turn, total).length, total);
      }),
    );
  });

  it('looks into each lane once, the one whose turn it is first', () => {
    const order = laneOrder(7);

    assert.deepEqual(order, ['LOW', 'URGENT', 'HIGH', 'NORMAL']);
  });
});
