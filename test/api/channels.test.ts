import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PublishedState } from '../../src/store/channel-states.ts';
import { adminKey, anApi } from '../support/api.ts';

const asAdmin = { 'x-api-key': adminKey };
const url = '/api/channels';

function aState(changes: Partial<PublishedState> = {}): PublishedState {
  const at = new Date('2026-01-15T12:00:00Z');
  const base = { name: 'whatsapp', instance: 'host:1', since: at, lastError: null, canUnlink: true, seenAt: at };
  return { ...base, status: 'linking', link: { qr: '2@abc,def,ghi' }, ...changes };
}

test('only the administrator sees the channels; the key for documents is not enough', async (t) => {
  const { api } = await anApi(t, { config: { apiKey: 'the key for documents', allowedHosts: [] } });

  const answers = [{}, { 'x-api-key': 'the key for documents' }, { 'x-api-key': 'wrong' }, asAdmin].map(
    async (headers) => (await api.inject({ url, headers })).statusCode,
  );

  assert.deepEqual(await Promise.all(answers), [403, 403, 403, 200]);
  const stop = await api.inject({ method: 'POST', url: `${url}/telegram/stop` });
  assert.equal(stop.statusCode, 403);
});

test('each channel tells how it is, since when, its last error and what links it', async (t) => {
  const { api, operations } = await anApi(t);
  await operations.states.publish(aState());
  await operations.states.publish(
    aState({ name: 'telegram', status: 'retrying', lastError: '401: Unauthorized', link: null, canUnlink: false }),
  );

  const { channels } = (await api.inject({ url, headers: asAdmin })).json();

  const at = '2026-01-15T12:00:00.000Z';
  const common = { since: at, seenAt: at, isStale: false, wanted: 'running', waiting: 0 };
  assert.deepEqual(channels, [
    {
      ...{ ...common, name: 'telegram', status: 'retrying', lastError: '401: Unauthorized' },
      ...{ link: null, canUnlink: false },
    },
    {
      ...{ ...common, name: 'whatsapp', status: 'linking', lastError: null },
      ...{ link: { qr: '2@abc,def,ghi' }, canUnlink: true },
    },
  ]);
});

test('a state that nobody has repeated for long is told as stale, and its code links nothing', async (t) => {
  const { api, operations, clock } = await anApi(t);
  await operations.states.publish(aState());
  clock.advance(20_001);

  const { channels } = (await api.inject({ url, headers: asAdmin })).json();

  assert.deepEqual([channels[0].isStale, channels[0].link], [true, null]);
  const picture = await api.inject({ url: `${url}/whatsapp/qr.svg`, headers: asAdmin });
  assert.equal(picture.statusCode, 404);
});

test('of several processes with a channel the one that does most is told, and one that died is passed over', async (t) => {
  const { api, operations, clock } = await anApi(t);
  await operations.states.publish(aState({ instance: 'dead', status: 'receiving' }));
  clock.advance(30_000);
  await operations.states.publish(aState({ instance: 'waits', status: 'stopped', seenAt: clock.now() }));
  await operations.states.publish(aState({ instance: 'works', status: 'linking', seenAt: clock.now() }));

  const { channels } = (await api.inject({ url, headers: asAdmin })).json();

  assert.deepEqual(
    channels.map(({ status }: PublishedState) => status),
    ['linking'],
  );
});

test('the QR code is also a picture, as SVG and as PNG', async (t) => {
  const { api, operations } = await anApi(t);
  await operations.states.publish(aState());

  const svg = await api.inject({ url: `${url}/whatsapp/qr.svg`, headers: asAdmin });
  const png = await api.inject({ url: `${url}/whatsapp/qr.png`, headers: asAdmin });

  assert.match(svg.body, /^<svg /);
  assert.deepEqual(png.rawPayload.subarray(0, 4), Buffer.from('89504e47', 'hex'));
  assert.deepEqual([svg.headers['content-type'], png.headers['content-type']], ['image/svg+xml', 'image/png']);
});

test('an order is kept for whoever has the channel, and an unknown one is refused', async (t) => {
  const { api, operations } = await anApi(t);
  await operations.states.publish(aState());
  await operations.states.publish(aState({ name: 'telegram', canUnlink: false }));
  const order = (path: string) => api.inject({ method: 'POST', url: `${url}/${path}`, headers: asAdmin });

  const stopped = await order('whatsapp/stop');
  const unlinked = await order('whatsapp/unlink');
  const refused = [await order('pigeon/stop'), await order('telegram/unlink')];

  assert.deepEqual([stopped.statusCode, stopped.json().wanted, unlinked.statusCode], [202, 'stopped', 202]);
  assert.deepEqual((await operations.orders.list()).get('whatsapp'), { isStopped: true, isToUnlink: true });
  assert.deepEqual(
    refused.map(({ statusCode }) => statusCode),
    [404, 400],
  );
  assert.equal((await order('whatsapp/start')).json().wanted, 'running');
});

test('a page of another site cannot order anything', async (t) => {
  const { api, operations } = await anApi(t);
  await operations.states.publish(aState());

  const headers = { ...asAdmin, origin: 'https://evil.example' };
  const { statusCode } = await api.inject({ method: 'POST', url: `${url}/whatsapp/unlink`, headers });

  assert.equal(statusCode, 403);
});
