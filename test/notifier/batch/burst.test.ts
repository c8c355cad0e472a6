import assert from 'node:assert/strict';
import { test } from 'node:test';
import { burstOf } from '../../../src/notifier/batch/burst.ts';

const start = Date.parse('2026-01-15T12:00:00Z');
const at = (seconds: number) => new Date(start + seconds * 1_000);
const every = (seconds: number, count: number) => Array.from({ length: count }, (_, index) => at(index * seconds));

test('twenty within a minute are a batch, nineteen are not', () => {
  assert.equal(burstOf(every(3, 20), at(0), at(100)), 'batch');
  assert.equal(burstOf(every(3, 19), at(0), at(100)), 'alone');
  assert.equal(burstOf(every(3.2, 20), at(0), at(100)), 'alone');
});

test('each document of a batch is in it, and one that came long before is not', () => {
  const arrivals = [at(-50), ...every(1, 20)];

  assert.equal(burstOf(arrivals, at(19), at(100)), 'batch');
  assert.equal(burstOf(arrivals, at(-50), at(100)), 'alone');
});

test('several that have just come may become a batch, until they stand still', () => {
  assert.equal(burstOf(every(1, 5), at(0), at(5)), 'growing');
  assert.equal(burstOf(every(1, 5), at(0), at(7)), 'alone');
  assert.equal(burstOf(every(1, 2), at(0), at(1)), 'alone');
});
