import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

const pauseMs = 20;
const timeoutMs = 30_000;

/** Looks again and again until `read` gives `expected`; fails with the difference when it does not within 30 s. */
export async function eventually<T>(read: () => Promise<T> | T, expected: T): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await read();
    try {
      assert.deepEqual(found, expected);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(pauseMs);
  }
}
