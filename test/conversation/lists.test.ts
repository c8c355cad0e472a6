import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import { aTicket } from '../support/builders.ts';
import { aLinkedPerson, fieldsOf } from '../support/conversation.ts';

function aReceipt(date: string, merchant: string, total: string, changes: Partial<Ticket> = {}): Ticket {
  const fields = fieldsOf({ date, merchant, total, currency: 'MXN' });
  return aTicket({ stage: 'COMPLETED', kind: 'receipt', fields, ...changes });
}

test('invoices come ten a page, with a button for older ones until there are none', async (t) => {
  const { say, press, tickets, clock } = await aLinkedPerson(t);
  for (let number = 1; number <= 12; number += 1) {
    clock.advance(1000);
    await tickets.create(aReceipt('2026-01-10', `Tienda ${number}`, '10.00'));
  }

  const [first] = await say('facturas');
  const [second] = await press(first?.buttons?.[0]?.[0]?.data ?? '');

  assert.equal(first?.text.split('\n').length, 11);
  assert.match(first?.text ?? '', /• 10 ene 2026 · Tienda 12 · \$10\.00/);
  assert.match(second?.text ?? '', /Tienda 2 [\s\S]*Tienda 1 /);
  assert.equal(second?.buttons, undefined);
});

test('expenses add up the month per currency and merchant, without what is still to be reviewed, and draw a chart', async (t) => {
  const { say, tickets } = await aLinkedPerson(t);
  await tickets.create(aReceipt('2026-01-02', 'OXXO', '100.10'));
  await tickets.create(aReceipt('2026-01-31', 'Oxxo', '100.20'));
  await tickets.create(aReceipt('2026-01-05', 'Café Ñandú', '1000.00'));
  await tickets.create(
    aReceipt('2026-01-05', 'Éxito', '5000', {
      fields: fieldsOf({ date: '2026-01-05', merchant: 'Éxito', total: '5000', currency: 'COP' }),
    }),
  );
  await tickets.create(aReceipt('2026-01-05', 'Dudoso', '7777.00', { stage: 'HUMAN_REVIEW' }));
  await tickets.create(aReceipt('2025-12-31', 'Antes', '8888.00'));

  const [reply] = await say('gastos');

  const text = reply?.text ?? '';
  assert.match(text, /Gastos de enero de 2026/);
  assert.match(text, /\$1,200\.30 MXN \(3 documentos\)\n• Café Ñandú: \$1,000\.00\n• OXXO: \$200\.30/);
  assert.match(text, /COP \(1 documento\)/);
  assert.match(text, /Falta revisar 1 documento/);
  assert.doesNotMatch(text, /7,777|8,888/);
  assert.equal(reply?.file?.mime, 'image/png');
  assert.deepEqual([...(reply?.file?.bytes.subarray(1, 4) ?? [])], [...Buffer.from('PNG')]);
});

test('expenses take a month, and say so when they cannot read it', async (t) => {
  const { say, tickets } = await aLinkedPerson(t);
  await tickets.create(aReceipt('2025-12-31', 'Antes', '8888.00'));

  assert.match((await say('gastos diciembre'))[0]?.text ?? '', /\$8,888\.00/);
  assert.match((await say('gastos 2026-01'))[0]?.text ?? '', /No hay gastos/);
  assert.match((await say('/gastos ayer'))[0]?.text ?? '', /No reconozco ese mes/);
});

test('a picture given again is the same picture', async (t) => {
  const { conversation, tickets, aSaidHere } = await aLinkedPerson(t);
  await tickets.create(aReceipt('2026-01-02', 'OXXO', '100.10'));
  const said = aSaidHere('gastos');

  const [first] = await conversation.handle(said);
  const [again] = await conversation.handle(said);

  assert.ok(first?.file && again?.file);
  assert.equal(Buffer.compare(again.file.bytes, first.file.bytes), 0);
});

test('expenses and invoices never show another company’s tickets, and to a member only those of their own chat', async (t) => {
  const { say, tickets } = await aLinkedPerson(t, { role: 'member' });
  const source = { channel: 'telegram', account: 'bot', chat: 'ana', message: '1', attachment: 0 };
  await tickets.create(aReceipt('2026-01-02', 'Mine', '1.00', { source }));
  await tickets.create(aReceipt('2026-01-02', 'Colleague', '2.00', { source: { ...source, chat: 'eve' } }));
  await tickets.create(aReceipt('2026-01-02', 'Stranger', '3.00', { source, companyId: 'other' }));

  for (const command of ['gastos', 'facturas']) {
    const text = (await say(command))[0]?.text ?? '';
    assert.match(text, /Mine/, command);
    assert.doesNotMatch(text, /Colleague|Stranger/, command);
  }
});
