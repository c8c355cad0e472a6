import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anApi } from '../support/api.ts';

test('health is 200 when everything is ready and 503 with what is not', async (t) => {
  let isReady = true;
  const { api } = await anApi(t, {
    health: async () => ({ status: isReady ? 'ready' : 'degraded', components: { database: { isReady } } }),
  });

  const ready = await api.inject('/health');
  isReady = false;
  const degraded = await api.inject('/health');

  assert.deepEqual([ready.statusCode, degraded.statusCode], [200, 503]);
  assert.deepEqual(degraded.json(), { status: 'degraded', components: { database: { isReady: false } } });
});
