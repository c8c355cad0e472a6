import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEmbeddingCache } from '../../src/store/embeddings.ts';
import { manualClock } from '../support/manual-clock.ts';
import { aStore } from '../support/store.ts';

test('vectors are kept bit for bit, without the texts they are of, and go when they are old', async (t) => {
  const { connection } = await aStore(t);
  const clock = manualClock();
  const cache = await createEmbeddingCache(connection, clock);
  const vector = Float32Array.from([0.1, -2, 3e-7]);

  await cache.put([{ key: 'secret text', vector }]);
  await cache.put([{ key: 'secret text', vector }]);

  assert.deepEqual(await cache.get(['other', 'secret text']), [null, vector]);
  const kept = JSON.stringify(await connection.collection('embeddings').find().toArray());
  assert.doesNotMatch(kept, /secret/);
  clock.advance(89 * 86_400_000);
  await cache.forgetBefore(clock.now());
  assert.deepEqual(await cache.get(['secret text']), [vector]);
  clock.advance(2 * 86_400_000);
  await cache.forgetBefore(clock.now());
  assert.deepEqual(await cache.get(['secret text']), [null]);
});
