import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createAtMost } from '../../src/http/at-most.ts';
import { aGate } from '../support/recorder.ts';

test('no more than the limit run at once, and the others follow in their order', async () => {
  const atMost = createAtMost(2);
  const gates = [aGate(), aGate(), aGate(), aGate()];
  const begun: number[] = [];
  const works = gates.map((gate, i) =>
    atMost(() => {
      begun.push(i);
      return gate.opened;
    }),
  );

  await turn();
  assert.deepEqual(begun, [0, 1]);
  gates[1]?.open();
  await turn();
  assert.deepEqual(begun, [0, 1, 2]);

  for (const { open } of gates) open();
  await Promise.all(works);
  assert.deepEqual(begun, [0, 1, 2, 3]);
});

test('work that fails gives its place away', async () => {
  const atMost = createAtMost(1);
  await assert.rejects(
    atMost(async () => {
      throw new Error('no');
    }),
    /no/,
  );

  assert.equal(await atMost(async () => 'next'), 'next');
});
