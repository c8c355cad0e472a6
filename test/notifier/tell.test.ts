import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createTelegram } from '../../src/channels/telegram/telegram.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { startPostman } from '../../src/notifier/postman.ts';
import { createTell } from '../../src/notifier/tell.ts';
import { createOutgoingBox } from '../../src/store/outgoing.ts';
import { aBot } from '../channels/telegram/a-bot.ts';
import { eventually } from '../support/eventually.ts';
import { realClock } from '../support/real-clock.ts';
import { quiet } from '../support/store.ts';

/** A Telegram channel with its postman, and another process that only has the database. */
async function aTeller(t: TestContext) {
  const bot = await aBot(t);
  bot.server.state.chats.add(7);
  const outgoing = await createOutgoingBox(bot.connection);
  let looks = 0;
  /** Real time, in which the pauses between two looks into the box are short. */
  const hurried: Clock = {
    now: realClock.now,
    sleep: (ms, signal) => {
      looks += 1;
      return realClock.sleep(Math.min(ms, 20), signal);
    },
  };
  const tell = createTell({ outgoing, quietEnd: async () => null, clock: realClock });
  const channel = createTelegram(bot.deps);
  assert.ok(channel);
  const answered: string[] = [];
  const answerLater = async (_channel: unknown, ticketId: string) => void answered.push(ticketId);
  const postman = startPostman({ outgoing, channels: [channel], answerLater, clock: hurried, log: quiet });
  t.after(() => postman[Symbol.asyncDispose]());
  t.after(() => channel.stop());
  const texts = () => bot.server.shown.map(({ text }) => text);
  return { ...bot, outgoing, tell, channel, texts, answered, looks: () => looks };
}

const aNotice = (id: string, text = 'Tu buzón quedó vinculado') => ({ id, account: '', chat: '7', reply: { text } });

test('what one process tells is said once by the process that has the channel, however often it is told', async (t) => {
  const { tell, channel, texts, outgoing } = await aTeller(t);
  await channel.start();

  await tell('telegram', aNotice('linked-1'));
  await tell('telegram', aNotice('linked-1'));
  await tell('telegram', aNotice('linked-2', 'Otra cosa'));

  await eventually(() => outgoing.waiting('telegram'), 0);
  assert.deepEqual(texts(), ['Tu buzón quedó vinculado', 'Otra cosa']);
  await tell('telegram', aNotice('linked-1'));
  assert.equal(await outgoing.waiting('telegram'), 0);
});

test('a stopped channel is told nothing until it is started', async (t) => {
  const { tell, channel, texts, outgoing, looks } = await aTeller(t);

  await tell('telegram', aNotice('n-1'));
  const before = looks();
  await eventually(() => looks() > before + 3, true);
  assert.deepEqual([texts(), await outgoing.waiting('telegram')], [[], 1]);
  await channel.start();

  await eventually(texts, ['Tu buzón quedó vinculado']);
});

test('a network that breaks is tried again later, and who blocked the bot is left alone', async (t) => {
  const { tell, channel, server, outgoing, connection } = await aTeller(t);
  server.state.chats.add(8);
  server.state.blocked.add(8);
  server.faults.push({ method: 'sendMessage', status: 502 });
  await channel.start();

  await tell('telegram', aNotice('n-1'));
  await eventually(async () => (await connection.collection('outgoing').findOne({ id: 'n-1' }))?.['attempts'], 1);
  await eventually(async () => {
    await connection.collection('outgoing').updateMany({ doneAt: null }, { $set: { dueAt: new Date(0) } });
    return server.shown.length;
  }, 1);
  await tell('telegram', { ...aNotice('n-2'), chat: '8' });

  await eventually(() => outgoing.waiting('telegram'), 0);
  assert.equal(server.shown.length, 1);
});

test('a file and buttons go with what is told', async (t) => {
  const { tell, channel, server } = await aTeller(t);
  await channel.start();
  const file = { name: 'resumen.csv', mime: 'text/csv', bytes: Buffer.from('a,b') };

  await tell('telegram', {
    ...aNotice('n-1'),
    reply: { text: 'Aquí está', buttons: [[{ label: 'Estado', data: 'cmd:status' }]], file },
  });

  await eventually(
    () => server.shown.map((shown) => [shown.text, shown.file?.name, String(shown.file?.bytes)]),
    [['Aquí está', 'resumen.csv', 'a,b']],
  );
  assert.equal(server.shown[0]?.keys.length, 1);
});

test('an answer that had to wait is given by the channel it belongs to', async (t) => {
  const { channel, outgoing, answered } = await aTeller(t);
  await channel.start();
  const what = { kind: 'answer', ticketId: 't-1', revision: 3 } as const;

  await outgoing.add(
    { id: 't-1:3', channel: 'telegram', account: '', chat: '7', what, dueAt: new Date(0) },
    realClock.now(),
  );

  await eventually(() => answered, ['t-1']);
});
