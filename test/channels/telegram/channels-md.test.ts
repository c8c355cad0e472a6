import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { aPerson } from '../../support/telegram-updates.ts';
import { aBot, readThrough } from './a-bot.ts';

test('Telegram 1: a 409 ends polling; the same bot is launched again, and its state says why it was away', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  const channel = await bot.start();
  await eventually(() => bot.server.state.poller !== null, true);

  bot.server.stopPolling();
  await eventually(() => channel.state().status, 'retrying');
  ana.says('hola');

  assert.match(channel.state().lastError ?? '', /409.*Conflict/);
  await eventually(() => bot.server.shown.map(({ text }) => text), ['Dijiste: hola']);
  assert.equal(channel.state().status, 'receiving');
});

test('Telegram 1: a refused token (401) is tried again until it is mended, and the state says so', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  bot.server.faults.push({
    method: 'getMe',
    status: 401,
    body: '{"ok":false,"error_code":401,"description":"Unauthorized"}',
  });
  ana.says('hola');

  const channel = await bot.start();
  await eventually(() => channel.state().lastError, '401: Unauthorized');

  await eventually(() => bot.server.shown.length, 1);
});

test('Telegram 2: polling survives 429, an HTML 502 and a broken connection', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  const tooMany = '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":1}}';
  bot.server.faults.push({ method: 'getUpdates', status: 429, body: tooMany });
  bot.server.faults.push({ method: 'getUpdates', status: 502 }, { method: 'getUpdates', drop: true });
  ana.says('hola');

  await bot.start();

  await eventually(() => bot.server.shown.map(({ text }) => text), ['Dijiste: hola']);
});

test('Telegram 2: a send that is told to wait is repeated after retry_after', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  const tooMany = '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":1}}';
  bot.server.faults.push({ method: 'sendMessage', status: 429, body: tooMany });
  await bot.start();

  ana.says('hola');

  await eventually(() => bot.server.shown.length, 1);
  const [refused, sent] = bot.server.callsOf('sendMessage');
  assert.ok((sent?.at ?? 0) - (refused?.at ?? 0) >= 950, 'it waited the second that was asked for');
});

test('Telegram 2: an answer that Telegram does not take now is a failure that the bus retries, and is shown then', async (t) => {
  const bot = await aBot(t);
  aPerson(bot.server).sendsPhoto(aPicture());
  const channel = await bot.start();
  await eventually(bot.stages, ['UPLOADED']);
  await eventually(() => bot.server.shown.length, 1);
  const ticketId = await readThrough(bot);
  // The message may still be edited for the stages that it went through.
  bot.server.faults.push(...Array.from({ length: 4 }, () => ({ method: 'editMessageText', status: 502 })));

  await assert.rejects(bot.answer(channel, ticketId), { code: 'channel-unavailable', recovery: 'retry' });
  bot.server.faults.length = 0;
  await bot.answer(channel, ticketId);

  assert.match(bot.server.shown[0]?.text ?? '', /123\.50/);
});

test('Telegram 3: an update that comes again, after a rewound offset too, has no second effect', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  const first = ana.says('hola');
  const again = { ...bot.server.state.queue[0] };
  const photo = ana.sendsPhoto(aPicture());
  const photoAgain = { ...bot.server.state.queue[1] };
  await bot.start();
  await eventually(() => bot.server.shown.length, 2);

  bot.server.deliver({ ...again, update_id: first });
  bot.server.deliver({ ...photoAgain, update_id: photo });
  bot.server.deliver({ ...photoAgain, update_id: photo + 100 });
  ana.says('fin');

  await eventually(() => bot.server.shown.some(({ text }) => text === 'Dijiste: fin'), true);
  await eventually(bot.done, 4);
  assert.deepEqual(
    bot.conversation.heard.map(({ what }) => what),
    [
      { kind: 'text', text: 'hola' },
      { kind: 'text', text: 'fin' },
    ],
  );
  assert.deepEqual(await bot.stages(), ['UPLOADED']);
  assert.equal(bot.server.shown.length, 3);
});

test('Telegram 3: an offset is only asked for when everything before it is in the database', async (t) => {
  const held = Promise.withResolvers<void>();
  const bot = await aBot(t);
  const { add } = bot.deps.updates;
  bot.deps.updates = { ...bot.deps.updates, add: (all) => held.promise.then(() => add(all)) };
  const id = aPerson(bot.server).says('hola');
  await bot.start();
  await eventually(() => bot.server.callsOf('getUpdates').length, 1);

  assert.equal(bot.server.state.queue.length, 1);
  held.resolve();

  await eventually(() => bot.server.callsOf('getUpdates').at(-1)?.params['offset'], id + 1);
});

test('Telegram 4: what an update sets off does not hold back the next poll', async (t) => {
  const held = Promise.withResolvers<void>();
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  bot.server.faults.push({ method: 'file', hold: () => held.promise });
  ana.sendsPhoto(aPicture());
  await bot.start();
  await eventually(() => bot.server.callsOf('file').length, 1);

  ana.says('hola');

  await eventually(() => bot.server.shown.some(({ text }) => text === 'Dijiste: hola'), true);
  held.resolve();
  await eventually(bot.stages, ['UPLOADED']);
});

test('Telegram 5: a file above what bots may download is answered with how to send it, without being fetched', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  bot.server.file('huge', aPicture(), 2_000_000_000);
  ana.send({ document: { file_id: 'huge', file_name: 'todo.pdf', file_size: 2_000_000_000 } });
  ana.send({ document: { file_id: 'huge', file_name: 'otra.pdf' } });

  await bot.start();

  await eventually(() => bot.server.shown.map(({ text }) => /20 MB/.test(text)), [true, true]);
  assert.equal(bot.server.callsOf('file').length, 0);
});

test('Telegram 6: an album becomes one message, its one caption goes with each picture, and all answers stand in it', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  ana.sendsPhoto(aPicture(), { media_group_id: 'a1' });
  ana.sendsPhoto(aPicture(), { media_group_id: 'a1', caption: 'viaje a Puebla' });
  ana.sendsPhoto(aPicture(), { media_group_id: 'a1' });
  const channel = await bot.start();
  await eventually(async () => (await bot.stages()).length, 3);

  const all = await bot.tickets.latest('acme', { limit: 10 });
  for (const { id } of all) await bot.answer(channel, await readThrough(bot, id));

  assert.deepEqual(
    all.map(({ metadata }) => metadata['caption']),
    Array(3).fill('viaje a Puebla'),
  );
  await eventually(() => bot.server.shown.map(({ text }) => text.match(/123\.50/g)?.length), [3]);
});

test('Telegram 7: the press of a button is acknowledged before the work on it begins', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  const order: string[] = [];
  const { handle } = bot.conversation;
  bot.deps.conversation = {
    ...bot.conversation,
    handle: (said) => {
      order.push(...bot.server.callsOf('answerCallbackQuery').map(() => 'acknowledged'), 'worked');
      return handle(said);
    },
  };
  await bot.start();

  ana.presses('cmd:status', { id: 55 });

  await eventually(() => bot.server.shown.map(({ text }) => text), ['Elegiste: cmd:status']);
  assert.deepEqual(order, ['acknowledged', 'worked']);
});
