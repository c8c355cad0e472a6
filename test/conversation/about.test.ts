import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namedField } from '../../src/conversation/fix/field-words.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { aTicket } from '../support/builders.ts';
import { aLinkedPerson, aSaid, fieldsOf } from '../support/conversation.ts';

async function aDocument(t: Parameters<typeof aLinkedPerson>[0], changes: Partial<Ticket> = {}) {
  const world = await aLinkedPerson(t);
  const fields = fieldsOf({ merchant: 'Tacos El Güero', total: '80.00', date: '2026-01-10', currency: 'MXN' });
  const ticket = aTicket({ companyId: 'acme', fields, kind: 'receipt', stage: 'COMPLETED', ...changes });
  await world.tickets.create(ticket);
  const reply = (text: string) => world.conversation.handle(aSaid(text, { aboutTicketId: ticket.id }));
  const now = () => world.tickets.get('acme', ticket.id);
  return { ...world, ticket, reply, now };
}

test('a field is recognised by what people call it, with its value or without', () => {
  assert.deepEqual(namedField('total 45.50'), { field: 'total', value: '45.50' });
  assert.deepEqual(namedField('El total es $45.50'), { field: 'total', value: '$45.50' });
  assert.deepEqual(namedField('Fecha: 19/03/2026'), { field: 'date', value: '19/03/2026' });
  assert.deepEqual(namedField('o estabelecimento é Pão de Açúcar'), { field: 'merchant', value: 'Pão de Açúcar' });
  assert.deepEqual(namedField('forma de pago'), { field: 'paymentMethod', value: '' });
  assert.deepEqual(namedField('RFC LGS190312KTA'), { field: 'taxId', value: 'LGS190312KTA' });
  assert.equal(namedField('totalmente mal'), null);
  assert.equal(namedField(''), null);
});

test('a value written in reply to a document’s message corrects it', async (t) => {
  const { reply, now } = await aDocument(t);

  const [done] = await reply('el total es 85,50');

  assert.match(done?.text ?? '', /Corregido\. Total: \$85\.50/);
  assert.equal((await now())?.fields.total?.value, '85.50');
});

test('a value in reply that its field cannot have is asked for again, and the next word is taken', async (t) => {
  const { reply, say, now } = await aDocument(t);

  const [again] = await reply('fecha 45 de mayo');
  await say('12/01/2026');

  assert.match(again?.text ?? '', /no parece valer/);
  assert.equal((await now())?.fields.date?.value, '2026-01-12');
});

test('“está mal” in reply asks which value, and “ok” takes a doubtful document as right', async (t) => {
  const { reply, now } = await aDocument(t, { stage: 'HUMAN_REVIEW', reasons: ['doubtful:total'] });

  const [which] = await reply('está mal');
  await reply('ok');

  assert.match(which?.text ?? '', /¿Qué dato corregimos\?/);
  assert.equal((await now())?.stage, 'COMPLETED');
});

test('a document is found by a part of its name; who names none of them sees the last ones', async (t) => {
  const { say } = await aDocument(t);

  const [found] = await say('corregir güero');
  const [none] = await say('corregir *walmart*');

  assert.match(found?.text ?? '', /Tacos El Güero[\s\S]*¿Qué dato corregimos/);
  assert.match(none?.text ?? '', /No encontré ningún documento «\*walmart\*»/);
});

test('a doubtful merchant is chosen among those that it may be', async (t) => {
  const candidates = [
    { id: 'oxxo', name: 'OXXO', probability: 0.6 },
    { id: 'seven', name: '7-Eleven', probability: 0.3 },
  ];
  const { press, ticket, now } = await aDocument(t, {
    stage: 'HUMAN_REVIEW',
    reasons: ['unknown_merchant'],
    candidates,
  });

  const [asked] = await press(`cmd:fix:${ticket.id}`);
  const choice = asked?.buttons?.flat().find(({ label }) => label.includes('7-Eleven'));
  await press(choice?.data ?? '');

  const after = await now();
  assert.deepEqual([after?.merchant?.id, after?.merchant?.method, after?.stage], ['seven', 'person', 'COMPLETED']);
  assert.equal(after?.fields.merchant?.value, '7-Eleven');
});

test('a merchant that is no longer to be chosen changes nothing', async (t) => {
  const { press, ticket } = await aDocument(t);

  for (const place of ['0', '9', '-1', 'x']) {
    const [reply] = await press(`mer:${ticket.id}:${place}`);
    assert.ok(reply?.text);
  }
  assert.deepEqual(ticket.merchant, (await aTicket({})).merchant);
});
