import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { drainLimitMs } from '../../src/api/drain.ts';
import { aForm, anApi } from '../support/api.ts';
import { aPicture, aTicket } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';

/** A listening API whose intake waits until the test lets it go on. */
async function aSlowApi(t: Parameters<typeof anApi>[0]) {
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const bytes = aPicture();
  const { api, clock } = await anApi(t, {
    intake: async ({ bytes: received }) => {
      reached.resolve();
      await goOn.promise;
      assert.deepEqual(Buffer.from(received), Buffer.from(bytes));
      return aTicket({ file: { ...aTicket().file, sha256: createHash('sha256').update(bytes).digest('hex') } });
    },
  });
  const address = await api.listen({ host: '127.0.0.1', port: 0 });
  const { payload, headers } = aForm([{ name: 'a.png', bytes }]);
  const upload = fetch(`${address}/api/upload`, { method: 'POST', body: payload, headers });
  await reached.promise;
  return { api, clock, upload, goOn: goOn.resolve };
}

test('an upload in hand is answered before the service closes', async (t) => {
  const { api, upload, goOn } = await aSlowApi(t);

  const closed = api.close();
  goOn();

  assert.equal((await upload).status, 200);
  await closed;
});

test('a request that does not end is cut off after five seconds', async (t) => {
  const { api, clock, upload } = await aSlowApi(t);
  const cut = assert.rejects(upload);

  let isClosed = false;
  const closed = api.close().then(() => {
    isClosed = true;
  });

  await eventually(() => {
    clock.advance(drainLimitMs);
    return isClosed;
  }, true);
  await closed;
  await cut;
});
