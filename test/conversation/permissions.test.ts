import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal } from '../../src/conversation/permissions.ts';
import { PersonRole } from '../../src/domain/person.ts';
import { aTicket } from '../support/builders.ts';
import { aLinkedPerson, aSaid, fieldsOf } from '../support/conversation.ts';

const group = { isGroup: true, chat: '-100' };

test('fiscal data are set by owners and operators only', () => {
  const may = PersonRole.options.filter((role) => refusal('save-fiscal', { roles: [role] }, {}) === null);

  assert.deepEqual(may, ['owner', 'operator']);
});

test('in a group nothing personal is told, whatever one’s role', async (t) => {
  const { conversation, tickets } = await aLinkedPerson(t);
  const fields = fieldsOf({ merchant: 'OXXO', total: '100.00', date: '2026-01-10', currency: 'MXN' });
  await tickets.create(aTicket({ companyId: 'acme', fields, kind: 'receipt', stage: 'COMPLETED' }));

  for (const text of ['gastos', 'datos', 'facturas', 'estado', 'exportar 2026-01 csv', 'vincular', 'mis-datos']) {
    const replies = await conversation.handle(aSaid(text, group));
    assert.deepEqual(replies, [{ text: 'Eso es personal: escríbeme en privado y te lo digo.' }], text);
  }
});

test('in a group what is not for Recibot is not answered; help and a language are', async (t) => {
  const { conversation } = await aLinkedPerson(t);

  assert.deepEqual(await conversation.handle(aSaid('ayuda', { ...group, isAddressed: false })), []);
  const [help] = await conversation.handle(aSaid('ayuda', { ...group, isAddressed: true }));
  assert.match(help?.text ?? '', /Soy Recibot/);
});

test('in a group a document of another chat cannot be corrected, even by an owner', async (t) => {
  const { conversation, tickets } = await aLinkedPerson(t);
  const ticket = aTicket({
    companyId: 'acme',
    fields: fieldsOf({ total: '1.00' }),
    kind: 'receipt',
    stage: 'COMPLETED',
  });
  await tickets.create(ticket);

  const [reply] = await conversation.handle(aSaid('total 2.00', { ...group, aboutTicketId: ticket.id }));

  assert.equal(reply?.text, 'No encontré ese documento.');
});

test('a member sees the documents of all the chats that they write from', async (t) => {
  const { say, tickets, people, person } = await aLinkedPerson(t, { role: 'member' });
  await people.addIdentity('acme', person.id, { channel: 'whatsapp', account: 'num', sender: '5215550001' });
  const source = {
    channel: 'whatsapp',
    account: 'num',
    chat: '5215550001@s.whatsapp.net',
    message: 'm',
    attachment: 0,
  };
  const fields = fieldsOf({ merchant: 'OXXO', total: '100.00', date: '2026-01-10', currency: 'MXN' });
  await tickets.create(aTicket({ companyId: 'acme', source, fields, kind: 'receipt', stage: 'COMPLETED' }));

  const [reply] = await say('facturas');

  assert.match(reply?.text ?? '', /OXXO/);
});

test('ten thousand messages at once get one polite word after the first few', async (t) => {
  const { conversation } = await aLinkedPerson(t);
  const began = await Promise.all(Array.from({ length: 45 }, () => conversation.handle(aSaid('gracias'))));
  const polite = began.flat().filter(({ text }) => text.includes('muy rápido'));

  const rest = await Promise.all(Array.from({ length: 500 }, () => conversation.handle(aSaid('gracias'))));

  assert.equal(polite.length, 1);
  assert.deepEqual(rest.flat(), []);
});
