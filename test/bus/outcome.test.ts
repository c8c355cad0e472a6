import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Delivery, defaultRetryPolicy } from '../../src/bus/bus.ts';
import { handle } from '../../src/bus/outcome.ts';
import { Failure } from '../../src/domain/failure.ts';

function aDelivery(attempt: number): Delivery {
  const isLastAttempt = attempt >= defaultRetryPolicy.maxAttempts;
  return { id: 'm-1', queue: 'q', priority: 'LOW', payload: {}, attempt, isLastAttempt };
}

function outcomeOf(error: unknown, attempt: number) {
  const throwing = async () => {
    throw error;
  };
  return handle(throwing, aDelivery(attempt), new AbortController().signal, defaultRetryPolicy);
}

describe('handle', () => {
  it('doubles the wait at each attempt: 1, 2 and 4 seconds', async () => {
    const failure = new Failure('reader-unavailable', 'retry', 'away');

    const outcomes = [await outcomeOf(failure, 1), await outcomeOf(failure, 2), await outcomeOf(failure, 3)];

    const reason = 'reader-unavailable: away';
    assert.deepEqual(outcomes, [
      { kind: 'retry', delayMs: 1_000, reason },
      { kind: 'retry', delayMs: 2_000, reason },
      { kind: 'retry', delayMs: 4_000, reason },
    ]);
  });

  it('gives up after the last attempt', async () => {
    const outcome = await outcomeOf(new Error('bug'), 4);

    assert.deepEqual(outcome, { kind: 'dead', reason: 'internal: bug' });
  });

  it('keeps a reason short, however long the error speaks', async () => {
    const outcome = await outcomeOf(new Error('x'.repeat(100_000)), 4);

    assert.equal(outcome.kind === 'dead' && outcome.reason.length, 1_000);
  });

  it('understands what is thrown although it is no error', async () => {
    const outcome = await outcomeOf('just a string', 4);

    assert.deepEqual(outcome, { kind: 'dead', reason: 'internal: just a string' });
  });
});
