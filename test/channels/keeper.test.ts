import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Channel } from '../../src/channels/channel.ts';
import { startKeeper } from '../../src/channels/keeper.ts';
import { createTelegram } from '../../src/channels/telegram/telegram.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { createChannelOrders } from '../../src/store/channel-orders.ts';
import { createChannelStates } from '../../src/store/channel-states.ts';
import { eventually } from '../support/eventually.ts';
import { realClock } from '../support/real-clock.ts';
import { quiet } from '../support/store.ts';
import { aPerson } from '../support/telegram-updates.ts';
import { aBot } from './telegram/a-bot.ts';

/** Real time, in which the pauses between two looks are short. */
const hurried: Clock = { now: realClock.now, sleep: (ms, signal) => realClock.sleep(Math.min(ms, 30), signal) };

/** A process with the Telegram channel; orders come over the database, as from another process. */
async function aKept(t: TestContext, change: (channel: Channel) => Partial<Channel> = () => ({})) {
  const bot = await aBot(t);
  const orders = createChannelOrders(bot.connection);
  const states = await createChannelStates(bot.connection);
  const consumers = { open: 0 };

  async function begin() {
    const telegram = createTelegram(bot.deps);
    assert.ok(telegram);
    const channel = { ...telegram, ...change(telegram) };
    const answer = async () => {
      consumers.open += 1;
      const stop = async () => {
        consumers.open -= 1;
      };
      return { stop };
    };
    const log = quiet;
    return startKeeper({ channels: [channel], orders, states, answer, instance: 'i', clock: hurried, log });
  }

  const published = async () => (await states.list()).map(({ status, lastError }) => [status, lastError]);
  const status = async () => (await states.list()).map((one) => one.status);
  return { ...bot, orders, states, begin, consumers, published, status };
}

test('a channel is stopped by order, receives nothing, and goes on where it was when it is started', async (t) => {
  const { begin, orders, status, server, stages, consumers } = await aKept(t);
  await using _keeper = await begin();
  await eventually(status, ['receiving']);

  await orders.stop('telegram');
  await eventually(status, ['stopped']);
  const polls = server.callsOf('getUpdates').length;
  aPerson(server).sendsPhoto(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
  assert.deepEqual([await stages(), server.callsOf('getUpdates').length, consumers.open], [[], polls, 0]);
  await orders.start('telegram');

  await eventually(stages, ['UPLOADED']);
  await eventually(status, ['receiving']);
  assert.equal(consumers.open, 1);
});

test('a stopped channel stays stopped when the process starts again', async (t) => {
  const { begin, orders, status, server } = await aKept(t);
  await orders.stop('telegram');

  await using _keeper = await begin();

  await eventually(status, ['stopped']);
  assert.equal(server.state.calls.length, 0);
});

test('a channel that goes on starting does not hold up the others, and what it says is published', async (t) => {
  const never = Promise.withResolvers<void>();
  const { begin, status } = await aKept(t, () => ({
    start: () => never.promise,
    state: () => ({ status: 'linking', since: new Date(0), lastError: null, link: { qr: 'code' } }),
  }));

  await using _keeper = await begin();

  await eventually(status, ['linking']);
  never.resolve();
});

test('a channel that cannot be started tells why and is tried again', async (t) => {
  let tries = 0;
  const { begin, orders, published, consumers } = await aKept(t, () => ({
    start: async () => {
      tries += 1;
      throw new Error('no such account');
    },
  }));
  await orders.stop('telegram');
  await using _keeper = await begin();

  await orders.start('telegram');

  await eventually(published, [['stopped', 'no such account']]);
  assert.deepEqual([tries, consumers.open], [1, 0]);
});

test('an order to unlink is carried out once', async (t) => {
  let unlinked = 0;
  const unlink = async () => {
    unlinked += 1;
  };
  const { begin, orders, states } = await aKept(t, () => ({ unlink }));
  await using _keeper = await begin();
  await eventually(async () => (await states.list())[0]?.canUnlink, true);

  await orders.askToUnlink('telegram');

  await eventually(() => unlinked, 1);
  assert.equal((await orders.list()).get('telegram')?.isToUnlink, false);
});

test('when the process ends its channels are stopped and it says so', async (t) => {
  const { begin, status, consumers } = await aKept(t);
  const keeper = await begin();
  await eventually(status, ['receiving']);

  await keeper[Symbol.asyncDispose]();

  assert.deepEqual([await status(), consumers.open], [['stopped'], 0]);
});
