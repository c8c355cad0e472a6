import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRateLimiter } from '../../src/http/rate-limit.ts';
import { manualClock } from '../support/manual-clock.ts';

test('after its burst a key is refused, and another one is not', () => {
  const take = createRateLimiter({ burst: 2, perSecond: 1 }, manualClock());
  take('a');
  take('a');

  assert.throws(() => take('a'), { name: 'Failure', code: 'too-many-requests', recovery: 'ask' });
  assert.doesNotThrow(() => take('b'));
});

test('time gives tokens back, never more than the burst', () => {
  const clock = manualClock();
  const take = createRateLimiter({ burst: 2, perSecond: 1 }, clock);
  take('a');
  take('a');

  clock.advance(60_000);

  take('a');
  take('a');
  assert.throws(() => take('a'), { code: 'too-many-requests' });
});

test('refused requests cost nothing, so that an impatient client is served again', () => {
  const clock = manualClock();
  const take = createRateLimiter({ burst: 1, perSecond: 1 }, clock);
  take('a');
  for (let tries = 0; tries < 50; tries += 1) assert.throws(() => take('a'));

  clock.advance(1_000);

  assert.doesNotThrow(() => take('a'));
});

test('ten thousand keys later the oldest is forgotten', () => {
  const take = createRateLimiter({ burst: 1, perSecond: 0 }, manualClock());
  take('first');
  assert.throws(() => take('first'));

  for (let key = 0; key < 10_000; key += 1) take(String(key));

  assert.doesNotThrow(() => take('first'));
});
