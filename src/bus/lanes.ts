import type { Priority } from './bus.ts';

/** One cycle of turns: 8 of URGENT, 4 of HIGH, 2 of NORMAL, 1 of LOW, spread so that no lane waits longer than it must. */
const cycle: readonly Priority[] = [
  'URGENT',
  'HIGH',
  'URGENT',
  'NORMAL',
  'URGENT',
  'HIGH',
  'URGENT',
  'LOW',
  'URGENT',
  'HIGH',
  'URGENT',
  'NORMAL',
  'URGENT',
  'HIGH',
  'URGENT',
];

const byUrgency: readonly Priority[] = ['URGENT', 'HIGH', 'NORMAL', 'LOW'];

/** A lane is served first at least once in this many turns, whatever waits in the others. */
export const turnsPerCycle = cycle.length;

/**
 * The lanes in the order in which a consumer looks into them at its `turn` (0, 1, 2 …): first the lane whose turn it is,
 * then the others, most urgent first. So an empty lane's turn is never wasted, and no lane starves.
 */
export function laneOrder(turn: number): Priority[] {
  const first = cycle[turn % cycle.length] ?? 'URGENT';
  return [first, ...byUrgency.filter((lane) => lane !== first)];
}
