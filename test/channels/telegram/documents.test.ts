import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../../../src/channels/channel.ts';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { realClock } from '../../support/real-clock.ts';
import { aPerson } from '../../support/telegram-updates.ts';
import { aBot, readThrough } from './a-bot.ts';

test('a photo’s message is sent once, follows the stages, and becomes the answer with its buttons', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  const channel = await bot.start();
  const bytes = aPicture();
  ana.sendsPhoto(bytes);
  await eventually(() => bot.server.shown.map(({ text }) => text), ['📥 Recibido. En un momento lo leo…']);
  const id = await bot.move('OCR_PROCESSING');
  await eventually(() => bot.server.shown.map(({ text }) => text), ['🔎 Leyendo…']);

  await bot.move('MERCHANT_CLASSIFICATION');
  await bot.move('FIELD_EXTRACTION', { kind: 'receipt' });
  await bot.move('HUMAN_REVIEW', { reasons: ['missing:total'] });
  await bot.answer(channel, id);

  const [shown] = bot.server.shown;
  assert.equal(bot.server.shown.length, 1);
  assert.match(shown?.text ?? '', /no encontré: total/);
  assert.deepEqual(
    shown?.keys.map(({ text }) => text),
    ['✅ Confirmar', '✏️ Corregir'],
  );
  assert.ok(shown?.keys.every(({ callback_data }) => callback_data.includes(id)));
  const ticket = await bot.tickets.get('acme', id);
  const source = { channel: 'telegram', account: '4242', chat: '7', message: String(ana.last()), attachment: 0 };
  assert.deepEqual(ticket?.source, source);
  assert.equal(ticket?.file.sizeBytes, bytes.byteLength);
});

test('an answer that comes again edits nothing and sends nothing, in another process too', async (t) => {
  const bot = await aBot(t);
  aPerson(bot.server).sendsPhoto(aPicture());
  const channel = await bot.start();
  await eventually(() => bot.server.shown.length, 1);
  const id = await readThrough(bot);
  await bot.answer(channel, id);
  await channel.stop();
  const calls = bot.server.callsOf('editMessageText').length;

  const second = await bot.start();
  await bot.answer(second, id);

  assert.equal(bot.server.shown.length, 1);
  assert.equal(bot.server.callsOf('editMessageText').length, calls);
});

test('a second ending edits the message while the sender is there, and later is a message of its own', async (t) => {
  let aheadMs = 0;
  const bot = await aBot(t, { clock: { ...realClock, now: () => new Date(Date.now() + aheadMs) } });
  aPerson(bot.server).sendsPhoto(aPicture());
  const channel = await bot.start();
  await eventually(() => bot.server.shown.length, 1);
  const id = await readThrough(bot);
  await bot.answer(channel, id);

  const answer = { ticketId: id, language: 'es', result: { stage: 'COMPLETED', file: 'x' } } as Answer; // the rest is not looked at
  await channel.send({ ...answer, id: 'again', text: 'corregido' });
  aheadMs = 2 * 60 * 60_000;
  await channel.send({ ...answer, id: 'reviewed', text: 'revisado' });

  assert.deepEqual(
    bot.server.shown.map(({ text }) => text),
    ['corregido', 'revisado'],
  );
});

test('an answer whose message was deleted, or that has none, is sent anew', async (t) => {
  const bot = await aBot(t);
  aPerson(bot.server).sendsPhoto(aPicture());
  const channel = await bot.start();
  await eventually(() => bot.server.shown.length, 1);
  const id = await readThrough(bot);
  await channel.stop();
  bot.server.shown.splice(0, 1, { chat: 0, id: 0, text: '', earlier: [], keys: [], at: 0 });

  await bot.answer(await bot.start(), id);

  assert.match(bot.server.shown[1]?.text ?? '', /123\.50/);
});

test('somebody who blocked the bot is not written to, and nothing is retried for ever', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  ana.sendsPhoto(aPicture());
  const channel = await bot.start();
  await eventually(() => bot.server.shown.length, 1);
  const id = await readThrough(bot);
  bot.server.state.blocked.add(ana.chat);

  await bot.answer(channel, id);
  const calls = bot.server.callsOf('editMessageText').length;
  await bot.answer(channel, id);

  assert.equal(bot.server.callsOf('editMessageText').length, calls);
});

test('a file that Telegram no longer has, and one that is no picture, get a word each', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  ana.send({ document: { file_id: 'gone', file_name: 'ayer.pdf' } });
  ana.sendsDocument('notas.txt', Buffer.from('hola'));

  await bot.start();

  await eventually(
    () => bot.server.shown.map(({ text }) => /ya no tiene ese archivo|No es una imagen/.exec(text)?.[0]).sort(),
    ['No es una imagen', 'ya no tiene ese archivo'],
  );
  assert.deepEqual(await bot.stages(), []);
});

test('a file larger than it was said to be is not read to its end', async (t) => {
  const bot = await aBot(t, { maxBytes: 1_000 });
  const ana = aPerson(bot.server);
  bot.server.file('liar', Buffer.alloc(200_000), 10);
  ana.send({ document: { file_id: 'liar', file_name: 'x.pdf', file_size: 10 } });

  await bot.start();

  await eventually(() => bot.server.shown.map(({ text }) => /20 MB/.test(text)), [true]);
});

test('a path that leads out of the bot’s files is not fetched', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  bot.server.file('odd', aPicture());
  const file = bot.server.state.files.get('odd');
  if (file) file.path = '../../../secret';
  ana.send({ document: { file_id: 'odd', file_name: 'x.pdf' } });

  await bot.start();

  await eventually(() => bot.server.shown.length, 1);
  assert.equal(bot.server.callsOf('file').length, 0);
});

test('a download that breaks off is tried again', async (t) => {
  const bot = await aBot(t);
  bot.server.faults.push({ method: 'file', drop: true });
  aPerson(bot.server).sendsPhoto(aPicture());

  await bot.start();

  await eventually(bot.stages, ['UPLOADED']);
});

test('a forwarded document is taken like one’s own', async (t) => {
  const bot = await aBot(t);
  const origin = { type: 'hidden_user', sender_user_name: 'Bob', date: 1 };
  aPerson(bot.server).sendsDocument('f.png', aPicture(), { forward_origin: origin });

  await bot.start();

  await eventually(bot.stages, ['UPLOADED']);
});

test('documents in a burst share messages, and none is lost', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  for (let number = 0; number < 60; number += 1) ana.sendsPhoto(aPicture());

  await bot.start();

  await eventually(async () => (await bot.stages()).length, 60);
  await eventually(bot.done, 60);
  assert.ok(bot.server.shown.length <= 8, `${bot.server.shown.length} messages`);
});
