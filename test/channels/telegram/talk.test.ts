import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reply } from '../../../src/conversation/conversation.ts';
import { aPicture } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { aPerson } from '../../support/telegram-updates.ts';
import { aBot } from './a-bot.ts';

const mention = (text: string) => ({ entities: [{ type: 'mention', offset: 0, length: text.indexOf(' ') }] });
const monthAgo = () => Math.floor(Date.now() / 1_000) - 40 * 24 * 60 * 60;

async function aTalkingBot(t: Parameters<typeof aBot>[0], replies: Reply[]) {
  const bot = await aBot(t);
  bot.deps.conversation = { ...bot.conversation, handle: async () => replies };
  return bot;
}

test('the menu of commands is set in Spanish and English', async (t) => {
  const bot = await aBot(t);

  await bot.start();

  await eventually(
    () => bot.server.callsOf('setMyCommands').map(({ params }) => params['language_code'] ?? 'all'),
    ['all', 'en', 'pt'],
  );
});

test('voice, stickers, places and videos get a kind word', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server, { language: 'en' });
  for (const kind of ['voice', 'sticker', 'location', 'video']) ana.send({ [kind]: { file_id: 'x' } });

  await bot.start();

  await eventually(
    () => bot.server.shown.map(({ text }) => /photo of the receipt/.test(text)),
    [true, true, true, true],
  );
});

test('a stranger’s document is not taken, and they are told how to be linked', async (t) => {
  const bot = await aBot(t);
  aPerson(bot.server, { chat: 666, id: 666 }).sendsPhoto(aPicture());

  await bot.start();

  await eventually(() => bot.server.shown.map(({ text }) => text), ['No te conozco. Escribe /vincular CÓDIGO.']);
  await eventually(bot.done, 1);
  assert.equal(bot.server.callsOf('getFile').length, 0);
});

test('in a group only what is meant for the bot is heard, without its name', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server, { chat: -100, type: 'supergroup' });
  ana.says('buenos días a todos');
  ana.says('/gastos', { entities: [{ type: 'bot_command', offset: 0, length: 7 }] });
  ana.sendsPhoto(aPicture());
  ana.says('/estado@recibot_test_bot', { entities: [{ type: 'bot_command', offset: 0, length: 24 }] });
  ana.says('@recibot_test_bot ayuda', mention('@recibot_test_bot ayuda'));
  ana.says('@recibot_test_bot2 ayuda', mention('@recibot_test_bot2 ayuda'));
  ana.says('sí', { reply_to_message: { from: { id: 4242, is_bot: true, first_name: 'R' } } });
  const caption = '@recibot_test_bot esta';
  ana.sendsPhoto(aPicture(), { caption, caption_entities: mention(caption).entities });

  await bot.start();

  await eventually(bot.done, 8);
  const heard = bot.conversation.heard.map(({ what }) => (what.kind === 'text' ? what.text : ''));
  assert.deepEqual(heard, ['/estado', 'ayuda', 'sí']);
  assert.deepEqual(await bot.stages(), ['UPLOADED']);
});

test('a button of last month, or of a message that is gone, gets a kind word and does nothing', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  ana.presses('cmd:status', { id: 55, date: monthAgo() });
  ana.presses('cmd:status', { id: 56, date: 0 });
  ana.presses('cmd:status', null);

  await bot.start();

  await eventually(() => bot.server.shown.map(({ text }) => /mensaje antiguo/.test(text)), [true, true]);
  await eventually(bot.done, 3);
  assert.equal(bot.server.callsOf('answerCallbackQuery').length, 3);
  assert.deepEqual(bot.conversation.heard, []);
});

test('what Telegram would refuse is cut: long texts into messages, buttons out of bounds out of the keyboard', async (t) => {
  const buttons = [
    [
      { label: 'bien', data: 'x' },
      { label: 'largo', data: 'y'.repeat(65) },
      { label: '', data: 'z' },
    ],
    Array.from({ length: 12 }, (_, n) => ({ label: `${n}`.repeat(60), data: `n${n}` })),
  ];
  const bot = await aTalkingBot(t, [{ text: 'renglón 🙂\n'.repeat(900), buttons }, { text: '  ' }]);
  aPerson(bot.server).says('todo');

  await bot.start();

  await eventually(bot.done, 1);
  assert.equal(bot.server.shown.length, 3);
  assert.deepEqual(
    bot.server.shown.map(({ keys }) => keys.length),
    [0, 0, 9],
  );
});

test('markup in texts is shown as it is', async (t) => {
  const bot = await aBot(t);
  aPerson(bot.server).says('<b>*hola*</b> _x_ [y](http://z)');

  await bot.start();

  await eventually(() => bot.server.shown.map(({ text }) => text), ['Dijiste: <b>*hola*</b> _x_ [y](http://z)']);
  assert.equal(bot.conversation.heard[0]?.senderName, 'Ana <b> _Lopez_');
});

test('a chart is sent as a picture, any other file as a document', async (t) => {
  const bytes = aPicture('chart');
  const bot = await aTalkingBot(t, [
    { text: 'Noviembre', file: { name: 'gastos.png', mime: 'image/png', bytes } },
    { text: 'a'.repeat(2_000), file: { name: 'gastos.xlsx', mime: 'application/vnd.ms-excel', bytes } },
  ]);
  aPerson(bot.server).says('/gastos');

  await bot.start();

  await eventually(
    () => bot.server.shown.map(({ file, text }) => [file?.name, text.length]),
    [
      ['gastos.png', 9],
      [undefined, 2_000],
      ['gastos.xlsx', 0],
    ],
  );
  assert.deepEqual(bot.server.shown[2]?.file?.bytes, Buffer.from(bytes));
  assert.equal(bot.server.callsOf('sendPhoto').length, 1);
});

test('a sender who floods the bot gets one polite answer, and the others are served', async (t) => {
  const bot = await aBot(t);
  const ana = aPerson(bot.server);
  const bob = aPerson(bot.server, { chat: 8, id: 8 });
  for (let number = 0; number < 10_000; number += 1) ana.says(`${number}`);
  bob.says('hola');

  await bot.start();

  await eventually(() => bot.server.shown.some(({ chat }) => chat === bob.chat), true);
  await eventually(bot.done, 10001);
  const polite = bot.server.shown.filter(({ text }) => /demasiados mensajes/.test(text));
  assert.equal(polite.length, 1);
  assert.ok(bot.server.shown.length < 100, `${bot.server.shown.length} messages`);
});
