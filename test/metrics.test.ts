import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Registry } from 'prom-client';
import { createAnswerMeter, registerLookups } from '../src/metrics.ts';
import { adminKey, anApi } from './support/api.ts';
import { anArrival } from './support/builders.ts';

/** The API whose metrics look at the database of the test. */
async function aMeter(t: Parameters<typeof anApi>[0]) {
  const registry = new Registry();
  const world = await anApi(t, { metrics: registry });
  const { operations, bus, tickets, clock } = world;
  registerLookups(registry, { ...operations, bus, tickets, clock, queues: ['read'] });
  return { ...world, registry };
}

test('queues, documents by stage, channels and answers are told in the format of Prometheus', async (t) => {
  const { api, operations, intake, outbox, clock, registry } = await aMeter(t);
  const ticket = await intake(anArrival());
  await outbox.flush(ticket.id);
  const state = { name: 'telegram', instance: 'i', since: clock.now(), lastError: null, link: null, canUnlink: false };
  await operations.states.publish({ ...state, status: 'retrying', seenAt: clock.now() });
  createAnswerMeter(registry)('telegram', 1.5);

  const { body, statusCode, headers } = await api.inject('/metrics');

  assert.equal(statusCode, 200);
  assert.match(String(headers['content-type']), /^text\/plain/);
  assert.match(body, /recibot_queue_messages\{queue="read",state="ready"\} 1/);
  assert.match(body, /recibot_documents\{stage="UPLOADED"\} 1/);
  assert.match(body, /recibot_documents\{stage="FAILED"\} 0/);
  assert.match(body, /recibot_channel_state\{channel="telegram",status="retrying"\} 1/);
  assert.match(body, /recibot_outgoing_waiting\{channel="telegram"\} 0/);
  assert.match(body, /recibot_answer_seconds_bucket\{le="2",channel="telegram"\} 1/);
});

test('a channel whose process says nothing any more is told as silent', async (t) => {
  const { api, operations, clock } = await aMeter(t);
  const state = { name: 'telegram', instance: 'i', since: clock.now(), lastError: null, link: null, canUnlink: false };
  await operations.states.publish({ ...state, status: 'receiving', seenAt: clock.now() });
  clock.advance(60_000);

  const { body } = await api.inject('/metrics');

  assert.match(body, /recibot_channel_state\{channel="telegram",status="silent"\} 1/);
});

test('metrics are for this machine and for who has the key, also behind a proxy', async (t) => {
  const { api } = await aMeter(t);
  const ask = async (headers: Record<string, string>, remoteAddress = '127.0.0.1') =>
    (await api.inject({ url: '/metrics', headers, remoteAddress })).statusCode;

  assert.equal(await ask({}), 200);
  assert.equal(await ask({ 'x-forwarded-for': '203.0.113.9' }), 403);
  assert.equal(await ask({ host: '192.168.1.5' }), 403);
  assert.equal(await ask({}, '192.168.1.9'), 403);
  assert.equal(await ask({ 'x-api-key': adminKey }, '192.168.1.9'), 200);
});
