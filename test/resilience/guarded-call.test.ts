import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGuardedCall } from '../../src/resilience/guarded-call.ts';
import { createProviderMeter } from '../../src/resilience/provider-metrics.ts';
import { eventually } from '../support/eventually.ts';

const down = () => Promise.reject(new Error('down'));
const never = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

test('after so many outages in a row the provider is not called any more', async () => {
  const meter = createProviderMeter();
  const guarded = createGuardedCall({ provider: 'ocr', timeoutMs: 5_000, outagesToOpen: 2, openMs: 60_000, meter });
  let calls = 0;
  const call = () => {
    calls += 1;
    return down();
  };

  await assert.rejects(guarded.run(call), /down/);
  await assert.rejects(guarded.run(call), /down/);
  await assert.rejects(guarded.run(call), { code: 'provider-unavailable', recovery: 'retry' });

  assert.equal(calls, 2);
  assert.equal(guarded.state(), 'open');
  const [counted] = meter.snapshot();
  assert.deepEqual([counted?.requests, counted?.failures, counted?.refused], [2, 2, 1]);
});

test('an open breaker lets one call try again after its pause, and closes when that works', async () => {
  const guarded = createGuardedCall({ provider: 'ocr', timeoutMs: 5_000, outagesToOpen: 1, openMs: 10 });
  await assert.rejects(guarded.run(down));
  const works = () => guarded.run(async () => 'works').catch((error: unknown) => String(error));

  await eventually(works, 'works');

  assert.equal(guarded.state(), 'closed');
});

test('a refusal of the document is an answer, not an outage', async () => {
  const guarded = createGuardedCall({ provider: 'ocr', timeoutMs: 5_000, outagesToOpen: 1, isOutage: () => false });

  await assert.rejects(guarded.run(down), /down/);

  assert.equal(guarded.state(), 'closed');
});

test('a call that never ends is ended when its time is up, and its own signal told', async () => {
  const guarded = createGuardedCall({ provider: 'ocr', timeoutMs: 20 });
  let wasTold = false;
  const call = (signal: AbortSignal) => {
    signal.addEventListener('abort', () => {
      wasTold = true;
    });
    return new Promise<never>(() => undefined);
  };

  await assert.rejects(guarded.run(call), { code: 'provider-unavailable' });

  assert.ok(wasTold);
});

test('what the caller gives up is no outage and not counted', async () => {
  const meter = createProviderMeter();
  const guarded = createGuardedCall({ provider: 'ocr', timeoutMs: 60_000, outagesToOpen: 1, meter });
  const controller = new AbortController();
  const running = guarded.run(never, controller.signal);

  controller.abort(new Error('enough'));

  await assert.rejects(running, /enough/);
  assert.equal(guarded.state(), 'closed');
  assert.deepEqual(meter.snapshot(), []);
});

test('a provider is counted with its cache hits and its slowest answer', () => {
  const meter = createProviderMeter();

  meter.request('b', 10, true);
  meter.request('b', 30, false);
  meter.cacheHit('a');

  const zero = { requests: 0, failures: 0, refused: 0, cacheHits: 0, totalMs: 0, maxMs: 0 };
  assert.deepEqual(meter.snapshot(), [
    { ...zero, provider: 'a', cacheHits: 1 },
    { ...zero, provider: 'b', requests: 2, failures: 1, totalMs: 40, maxMs: 30 },
  ]);
});
