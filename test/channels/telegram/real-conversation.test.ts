import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aPicture } from '../../support/builders.ts';
import { fieldsOf } from '../../support/conversation.ts';
import { eventually } from '../../support/eventually.ts';
import { aPerson } from '../../support/telegram-updates.ts';
import { aBot } from './a-bot.ts';

type Bot = Awaited<ReturnType<typeof aBot>>;

const fields = fieldsOf({ merchant: 'OXX0', total: '123.50', date: '2026-03-19', currency: 'MXN' });

/** What the pipeline makes of the only, or the named, document. */
async function isDoubted(bot: Bot, channel: Awaited<ReturnType<Bot['start']>>, id?: string): Promise<string> {
  await bot.move('OCR_PROCESSING', {}, id);
  await bot.move('MERCHANT_CLASSIFICATION', {}, id);
  await bot.move('FIELD_EXTRACTION', { kind: 'receipt' }, id);
  const candidates = [
    { id: 'oxxo', name: 'OXXO', probability: 0.6 },
    { id: 'extra', name: 'Extra', probability: 0.3 },
  ];
  const ticketId = await bot.move('HUMAN_REVIEW', { fields, candidates, reasons: ['unknown_merchant'] }, id);
  await bot.answer(channel, ticketId);
  return ticketId;
}

function key(bot: Bot, label: string) {
  for (const { id, keys } of bot.server.shown) {
    const found = keys.find(({ text }) => text.includes(label));
    if (found) return { data: found.callback_data, on: { id } };
  }
  throw new Error(`no button ${label}`);
}

const texts = (bot: Bot) => bot.server.shown.map(({ text }) => text);

test('a photo of a doubtful merchant is answered with the merchants to choose from, and one press completes it', async (t) => {
  const bot = await aBot(t, { isReal: true });
  const ana = aPerson(bot.server);
  const channel = await bot.start();
  ana.sendsPhoto(aPicture());
  await eventually(() => bot.server.shown.length, 1);
  const id = await isDoubted(bot, channel);
  const { data, on } = key(bot, 'Extra');

  ana.presses(data, on);

  await eventually(() => texts(bot).at(-1), 'Corregido. Comercio: Extra');
  const ticket = await bot.tickets.get('acme', id);
  assert.deepEqual([ticket?.merchant?.id, ticket?.stage], ['extra', 'COMPLETED']);
});

test('a value is corrected by the button, and by a reply to the document’s message or to the photo itself', async (t) => {
  const bot = await aBot(t, { isReal: true });
  const ana = aPerson(bot.server);
  const channel = await bot.start();
  const photo = ana.sendsPhoto(aPicture()) && ana.last();
  await eventually(() => bot.server.shown.length, 1);
  const id = await isDoubted(bot, channel);
  const card = bot.server.shown[0]?.id;
  const total = async () => (await bot.tickets.get('acme', id))?.fields.total?.value;

  const fix = key(bot, 'Corregir');
  ana.presses(fix.data, fix.on);
  await eventually(() => texts(bot).some((text) => text.includes('¿Qué dato corregimos?')), true);
  const field = key(bot, 'Total');
  ana.presses(field.data, field.on);
  await eventually(() => texts(bot).at(-1)?.startsWith('Total: escribe'), true);
  ana.says('130');
  await eventually(total, '130.00');
  ana.says('el total es 131,50', { reply_to_message: { message_id: card, from: { id: 4242 } } });
  await eventually(total, '131.50');
  ana.says('total 132', { reply_to_message: { message_id: photo, from: { id: 7 } } });

  await eventually(total, '132.00');
});

test('a forwarded photo is a document as any other', async (t) => {
  const bot = await aBot(t, { isReal: true });
  const ana = aPerson(bot.server);
  await bot.start();

  ana.sendsPhoto(aPicture(), { forward_origin: { type: 'user', date: 1, sender_user: { id: 9 } }, forward_date: 1 });

  await eventually(() => bot.server.shown.map(({ text }) => text), ['📥 Recibido. En un momento lo leo…']);
});

test('in a group a command that is personal is sent to the private chat, and documents are taken where they are allowed', async (t) => {
  const bot = await aBot(t, { isReal: true });
  const { telegram } = bot.deps;
  bot.deps.telegram = telegram && { ...telegram, allowedGroups: ['-200'] };
  const [ana, berta] = [
    aPerson(bot.server, { chat: -100, type: 'supergroup' }),
    aPerson(bot.server, { chat: -200, id: 8, type: 'supergroup' }),
  ];
  await bot.start();

  ana.says('/gastos@recibot_test_bot', { entities: [{ type: 'bot_command', offset: 0, length: 24 }] });
  ana.sendsPhoto(aPicture());
  berta.sendsPhoto(aPicture());

  await eventually(
    () => texts(bot).toSorted(),
    ['Eso es personal: escríbeme en privado y te lo digo.', '📥 Recibido. En un momento lo leo…'],
  );
  const [ticket] = await bot.tickets.latest('acme', { limit: 5 });
  assert.equal(ticket?.source.chat, '-200');
});
