import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aTicket } from '../support/builders.ts';
import { aLinkedPerson, aSaid, fieldsOf } from '../support/conversation.ts';

test('help says what Recibot does and lists the commands', async (t) => {
  const { say } = await aLinkedPerson(t);

  for (const text of ['/start', 'ayuda', '/HELP@recibot_bot']) {
    const [reply] = await say(text);
    assert.match(reply?.text ?? '', /foto de un recibo[\s\S]*\/estado/);
  }
});

test('the same message again gives the same replies and has no second effect', async (t) => {
  const { conversation, connection } = await aLinkedPerson(t);
  const said = aSaid('vincular');

  const first = await conversation.handle(said);
  const again = await conversation.handle(said);

  assert.deepEqual(again, first);
  assert.equal(await connection.collection('link_codes').countDocuments(), 1);
});

test('a chosen language wins over the channel’s and stays', async (t) => {
  const { conversation, say, press } = await aLinkedPerson(t);
  const [question] = await say('idioma');
  assert.deepEqual(
    question?.buttons?.flat().map(({ data }) => data),
    ['lang:es', 'lang:en', 'lang:pt'],
  );

  await press('lang:en');

  const [reply] = await conversation.handle(aSaid('help', { language: 'es' }));
  assert.match(reply?.text ?? '', /Hello! I am Recibot/);
});

test('a text that is not understood is hinted at once a minute at most', async (t) => {
  const { say, clock } = await aLinkedPerson(t);

  assert.match((await say('qué onda'))[0]?.text ?? '', /No te entendí/);
  assert.deepEqual(await say('???'), []);
  clock.advance(60_000);
  assert.equal((await say('???')).length, 1);
});

test('hostile texts are answered shortly or not at all, and none is thrown at', async (t) => {
  const { say, press, clock } = await aLinkedPerson(t);
  const texts = [
    'a'.repeat(10_000),
    '\u202eopxe/',
    '\u200b\u200b',
    '<b>*hola*</b>_[x](y)',
    '👩‍👩‍👧‍👦',
    '',
    '\u0000$where',
  ];

  for (const text of texts) {
    clock.advance(60_000);
    assert.ok(((await say(text))[0]?.text.length ?? 0) < 200, text.slice(0, 20));
  }
  for (const data of ['', ':', 'lang:xx', 'cmd:', 'cmd:../..', 'x'.repeat(10_000), 'fix:$ne']) {
    assert.match((await press(data))[0]?.text ?? '', /botón/, data.slice(0, 20));
  }
});

test('status shows what is under way and what ended last, one line each', async (t) => {
  const { say, tickets } = await aLinkedPerson(t);
  await tickets.create(aTicket({ stage: 'OCR_PROCESSING', file: { ...aTicket().file, name: 'foto.jpg' } }));
  const fields = fieldsOf({ merchant: 'OXXO', date: '2026-01-14', total: '1234.50', currency: 'MXN' });
  await tickets.create(aTicket({ stage: 'COMPLETED', kind: 'receipt', fields }));

  const [reply] = await say('/estado');

  assert.equal(reply?.text, 'En camino:\n• foto.jpg: leyendo\n\nÚltimos:\n• 14 ene 2026 · OXXO · $1,234.50: listo');
});

test('status never shows another company’s tickets, and to a member only those of their own chat', async (t) => {
  const { say, tickets } = await aLinkedPerson(t, { role: 'member' });
  const source = { channel: 'telegram', account: 'bot', chat: 'ana', message: '1', attachment: 0 };
  const named = (name: string) => ({ ...aTicket().file, name });
  await tickets.create(aTicket({ file: named('mine'), source }));
  await tickets.create(aTicket({ file: named('colleague'), source: { ...source, chat: 'eve' } }));
  await tickets.create(aTicket({ file: named('stranger'), source, companyId: 'other' }));

  const [reply] = await say('estado');

  assert.match(reply?.text ?? '', /mine/);
  assert.doesNotMatch(reply?.text ?? '', /colleague|stranger/);
});

test('messages of one person at the same instant are each answered', async (t) => {
  const { say } = await aLinkedPerson(t);

  const answers = await Promise.all(['estado', 'ayuda', 'idioma', 'vincular'].map(say));

  assert.deepEqual(
    answers.map(({ length }) => length),
    [1, 1, 1, 1],
  );
});
