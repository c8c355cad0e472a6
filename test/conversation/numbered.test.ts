import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asNumberedText, pickByNumber } from '../../src/conversation/numbered.ts';
import { aTicket } from '../support/builders.ts';
import { aLinkedPerson, aSaid, fieldsOf } from '../support/conversation.ts';

const choices = [
  { label: '✅ Así está bien', data: 'a' },
  { label: '✏️ Corregir otro', data: 'b' },
];

test('buttons become numbered lines, and to cancel is a word', () => {
  const cancel = { label: 'Cancelar', data: 'cmd:cancel' };

  const { reply, choices: kept } = asNumberedText({ text: '¿Qué hago?', buttons: [choices, [cancel]] }, 'es');

  const lines = '1. ✅ Así está bien\n2. ✏️ Corregir otro\nResponde con un número, del 1 al 2.';
  assert.deepEqual(reply, { text: `¿Qué hago?\n\n${lines}\n\nPara dejarlo, escribe «cancelar».` });
  assert.deepEqual(kept, choices);
});

test('a reply without buttons stays as it is and leaves the menu before it', () => {
  assert.deepEqual(asNumberedText({ text: 'Hola' }, 'en'), { reply: { text: 'Hola' }, choices: null });
});

test('a number is picked however it is typed, and a label by its words', () => {
  for (const text of ['2', ' 2. ', '2)', '#2', '2️⃣', '２', 'corregir otro', 'CORREGIR OTRO!']) {
    assert.equal(pickByNumber(choices, text)?.data, 'b', text);
  }
  for (const text of ['0', '3', '-1', '2 pesos', '1,5', '', '✅', 'a'.repeat(200)]) {
    assert.equal(pickByNumber(choices, text), null, text);
  }
});

test('in a chat without buttons a document is corrected by numbers alone', async (t) => {
  const { conversation, tickets, person } = await aLinkedPerson(t);
  const source = { channel: 'whatsapp', account: 'num', chat: 'ana', message: 'm', attachment: 0 };
  const fields = fieldsOf({ merchant: 'OXXO', total: '10.00', date: '2026-03-19' });
  const ticket = aTicket({ companyId: person.companyId, source, fields, kind: 'receipt', stage: 'COMPLETED' });
  await tickets.create(ticket);
  const say = (text: string) => conversation.handle(aSaid(text, { canPress: false }));

  const [fieldsMenu] = await say('corregir');
  const number = /(\d+)\. Total/.exec(fieldsMenu?.text ?? '')?.[1] ?? '';
  await say(number);
  const [done] = await say('2');

  assert.match(done?.text ?? '', /Corregido/);
  assert.equal(done?.buttons, undefined);
  assert.equal((await tickets.get(person.companyId, ticket.id))?.fields.total?.value, '2.00');
});

test('an answer that a channel numbers by itself is what the chat’s next number picks from', async (t) => {
  const { conversation } = await aLinkedPerson(t);
  const place = { channel: 'telegram', account: 'bot', chat: 'ana' };

  await conversation.numbered(place, { text: 'Listo', buttons: [[{ label: 'Idioma', data: 'cmd:language' }]] }, 'es');
  const [reply] = await conversation.handle(aSaid('1', { canPress: false }));

  assert.match(reply?.text ?? '', /¿En qué idioma/);
});
