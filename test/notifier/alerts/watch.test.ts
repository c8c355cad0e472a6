import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Channel, Notice } from '../../../src/channels/channel.ts';
import { checkChannels, checkDisk, checkQueues, checkReader } from '../../../src/notifier/alerts/checks.ts';
import { createOutage } from '../../../src/notifier/alerts/outage.ts';
import { type Check, startWatch } from '../../../src/notifier/alerts/watch.ts';
import { createAlerts } from '../../../src/store/alerts.ts';
import { createChannelOrders } from '../../../src/store/channel-orders.ts';
import { createChannelStates, type PublishedState } from '../../../src/store/channel-states.ts';
import { anArrival } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { aPipeline } from '../../support/pipeline.ts';
import { aStore, quiet } from '../../support/store.ts';

/** The keys that a check finds something about. */
async function troubles(check: Check): Promise<string[]> {
  return (await check()).flatMap(([key, alert]) => (alert ? [`${alert.severity} ${key}`] : []));
}

async function aHarbour(t: TestContext) {
  const { connection } = await aStore(t);
  const clock = manualClock();
  const states = await createChannelStates(connection);
  const orders = createChannelOrders(connection);
  const check = checkChannels({ states, orders, clock });
  const publish = (changes: Partial<PublishedState>) => {
    const now = clock.now();
    const base = { name: 'telegram', instance: 'i', since: now, lastError: null, link: null, canUnlink: false };
    return states.publish({ ...base, status: 'receiving', seenAt: now, ...changes });
  };
  return { clock, orders, check, publish };
}

test('a channel that has not received for two minutes is down; a short break is nothing', async (t) => {
  const { clock, check, publish } = await aHarbour(t);
  const since = clock.now();
  await publish({ status: 'retrying', lastError: '401: Unauthorized', since });
  assert.deepEqual(await troubles(check), []);

  clock.advance(121_000);
  await publish({ status: 'retrying', lastError: '401: Unauthorized', since });

  assert.deepEqual(await troubles(check), ['warning channel-down:telegram']);
});

test('a channel that was logged out, and one whose process is gone, need somebody at once', async (t) => {
  const { clock, check, publish } = await aHarbour(t);
  await publish({ name: 'gmail' });
  await publish({ name: 'inbox', status: 'stopped' });
  clock.advance(61_000);
  await publish({ name: 'whatsapp', status: 'logged-out' });

  assert.deepEqual(await troubles(check), ['critical channel-silent:gmail', 'critical channel-logged-out:whatsapp']);
});

test('a channel that was stopped by order is left alone', async (t) => {
  const { clock, orders, check, publish } = await aHarbour(t);
  await publish({ name: 'whatsapp', status: 'logged-out' });
  await orders.stop('whatsapp');
  clock.advance(120_000);

  assert.deepEqual(await troubles(check), []);
});

test('dead letters are trouble, and so is a queue that does not shrink', async () => {
  const clock = manualClock();
  const depth = { ready: 300, inFlight: 1, delayed: 0, dead: 0 };
  const check = checkQueues({ bus: { depth: async () => depth }, queues: ['read'], clock });

  assert.deepEqual(await troubles(check), []);
  clock.advance(300_000);
  assert.deepEqual(await troubles(check), ['warning queue-growing:read']);
  depth.ready = 250;
  clock.advance(10_000);
  assert.deepEqual(await troubles(check), []);
  depth.dead = 2;
  assert.deepEqual(await troubles(check), ['warning dead-letters:read']);
});

test('a bus that does not answer is one trouble, not one per queue', async () => {
  const depth = () => Promise.reject(new Error('ECONNREFUSED'));

  const check = checkQueues({ bus: { depth }, queues: ['read', 'classify'], clock: manualClock() });

  assert.deepEqual(await troubles(check), ['critical bus-away']);
});

test('a disk with little left is told in two degrees', async () => {
  const disk = (freeBytes: number) => async () => ({ bsize: 1_000, blocks: 100e6, bavail: freeBytes / 1_000 });

  assert.deepEqual(await troubles(checkDisk('/data', disk(50e9))), []);
  assert.deepEqual(await troubles(checkDisk('/data', disk(4e9))), ['warning disk-low']);
  assert.deepEqual(await troubles(checkDisk('/data', disk(90e6))), ['critical disk-low']);
});

test('three documents that failed for no fault of their own mean that the reader fails', async (t) => {
  const { tickets, intake, clock } = await aPipeline(t);
  const check = checkReader({ tickets, clock });
  const fail = async (code: 'reader-unavailable' | 'encrypted-pdf') => {
    const at = await tickets.load((await intake(anArrival())).id);
    assert.ok(at);
    await tickets.move(at, 'FAILED', { error: { code, message: '' } });
  };
  for (let count = 0; count < 3; count += 1) await fail('encrypted-pdf');
  for (let count = 0; count < 2; count += 1) await fail('reader-unavailable');
  assert.deepEqual(await troubles(check), []);

  await fail('reader-unavailable');
  assert.deepEqual(await troubles(check), ['critical reader-failing']);
  clock.advance(11 * 60_000);

  assert.deepEqual(await troubles(check), []);
});

test('a database that was away is told when it is back, and straight to the chat when it stays away', async (t) => {
  const { connection } = await aStore(t);
  const clock = manualClock();
  const alerts = await createAlerts(connection, clock);
  let isAway = true;
  const heard: Notice[] = [];
  const telegram = { name: 'telegram', tell: async (notice: Notice) => void heard.push(notice) };
  const ping = async () => {
    if (isAway) throw new Error('away');
  };
  const channels = [telegram as unknown as Channel]; // nothing else of it is called here
  const chat = { channel: 'telegram', chat: '-100' };
  const outage = createOutage({ ping, alerts, channels, chat, language: 'es', clock });

  assert.equal(await outage.look(), false);
  clock.advance(61_000);
  await outage.look();
  await outage.look();
  assert.equal(heard.length, 1);
  assert.match(heard[0]?.reply.text ?? '', /no respondió durante 61 s/);
  isAway = false;
  assert.equal(await outage.look(), true);

  const [alert] = await alerts.list({ limit: 1 });
  assert.deepEqual([alert?.code, alert?.detail], ['database-away', { seconds: '61' }]);
});

test('the watch opens what it finds, ends what it no longer finds, and tells both', async (t) => {
  const { connection } = await aStore(t);
  const clock = manualClock();
  const alerts = await createAlerts(connection, clock);
  let isLow = true;
  const check: Check = async () => [
    ['disk-low', isLow ? { code: 'disk-low', severity: 'warning', detail: { free: '1 MB', folder: '/' } } : null],
  ];
  let told = 0;
  const tellAll = async () => {
    for (const alert of await alerts.dueToTell()) {
      await alerts.noteTold(alert, alert.severity, null);
      told += 1;
    }
  };
  const outage = { look: async () => true };
  await using _watch = startWatch({ alerts, checks: [check], tellAll, outage, clock, log: quiet });
  const open = async () => (await alerts.list({ isOpen: true, limit: 5 })).map(({ key }) => key);

  await eventually(open, ['disk-low']);
  isLow = false;
  await eventually(async () => {
    clock.advance(10_000);
    return open();
  }, []);

  assert.equal(told, 1);
});
