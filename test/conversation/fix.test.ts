import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import { aTicket } from '../support/builders.ts';
import { aLinkedPerson, fieldsOf } from '../support/conversation.ts';

const id = 'a'.repeat(32);

function aDoubtful(changes: Partial<Ticket> = {}): Ticket {
  const fields = fieldsOf({ merchant: 'OXXO', date: '2026-01-14', currency: 'MXN' });
  const reasons = ['missing:total', 'doubtful:date'];
  return aTicket({ id, stage: 'HUMAN_REVIEW', kind: 'receipt', fields, reasons, ...changes });
}

test('a value is corrected by choosing the document, the field, and typing it; it is then a person’s', async (t) => {
  const { say, press, tickets } = await aLinkedPerson(t);
  await tickets.create(aDoubtful());

  const [choice] = await say('corregir');
  const total = choice?.buttons?.flat().find(({ label }) => label.includes('Total'));
  const [question] = await press(total?.data ?? '');
  const [answer] = await say('$ 1,234.5');

  assert.match(question?.text ?? '', /Total: escribe el valor/);
  assert.match(answer?.text ?? '', /Corregido\. Total: \$1,234\.50[\s\S]*no estoy seguro de: fecha/);
  const kept = await tickets.get('acme', id);
  assert.deepEqual(kept?.fields.total, { value: '1234.50', confidence: 1, box: null, source: 'person' });
  assert.deepEqual([kept?.stage, kept?.reasons], ['HUMAN_REVIEW', ['doubtful:date']]);
});

test('the document is complete when the last thing in doubt is settled', async (t) => {
  const { say, press, tickets, flushed } = await aLinkedPerson(t);
  await tickets.create(aDoubtful());

  await press(`fld:${id}:total`);
  await say('99');
  assert.deepEqual(flushed, []);
  await press(`fld:${id}:date`);
  await say('ayer');

  const kept = await tickets.get('acme', id);
  assert.equal(kept?.stage, 'COMPLETED');
  assert.equal(kept?.fields.date?.value, '2026-01-14');
  assert.deepEqual(
    kept?.history.map(({ reason }) => reason),
    [null, 'corrected:total', 'corrected:date'],
  );
  assert.deepEqual(flushed, [id]);
});

test('a person may take what is doubted as right, but not what is missing', async (t) => {
  const { press, say, tickets } = await aLinkedPerson(t);
  await tickets.create(aDoubtful());

  const [still] = await press(`cmd:confirm:${id}`);
  assert.match(still?.text ?? '', /no encontré: total/);
  await press(`fld:${id}:total`);
  await say('99');

  const kept = await tickets.get('acme', id);
  assert.equal(kept?.stage, 'COMPLETED');
  assert.equal(kept?.fields.date?.source, 'person');
  assert.equal(kept?.fields.merchant?.source, 'ocr/label');
});

test('a value of the wrong format is asked for again, and the document stays as it is', async (t) => {
  const { say, press, tickets } = await aLinkedPerson(t);
  await tickets.create(aDoubtful());
  await press(`fld:${id}:total`);

  for (const text of ['muchos', '<b>1</b>', '1'.repeat(10_000), 'estado']) {
    assert.match((await say(text))[0]?.text ?? '', /Escríbelo así/, text.slice(0, 10));
  }

  assert.equal((await tickets.get('acme', id))?.fields.total, undefined);
  assert.match((await say('12'))[0]?.text ?? '', /Corregido/);
});

test('a dialog ends by cancelling, by another command, and by itself after a quarter of an hour', async (t) => {
  const { say, press, tickets, clock } = await aLinkedPerson(t);
  await tickets.create(aDoubtful());

  await press(`fld:${id}:total`);
  assert.match((await say('cancelar'))[0]?.text ?? '', /Cancelado/);
  assert.match((await say('cancelar'))[0]?.text ?? '', /nada que cancelar/);
  await press(`fld:${id}:total`);
  await say('/estado');
  assert.match((await say('12'))[0]?.text ?? '', /No te entendí/);
  await press(`fld:${id}:total`);
  clock.advance(15 * 60_000);
  assert.match((await say('12'))[0]?.text ?? '', /No te entendí/);

  assert.equal((await tickets.get('acme', id))?.fields.total, undefined);
});

test('a correction that arrives twice is made once', async (t) => {
  const { conversation, press, tickets, aSaidHere } = await aLinkedPerson(t);
  await tickets.create(aDoubtful());
  await press(`fld:${id}:total`);
  const said = aSaidHere('12');

  await Promise.all([conversation.handle(said), conversation.handle(said)]);

  const kept = await tickets.get('acme', id);
  assert.equal(kept?.history.filter(({ reason }) => reason === 'corrected:total').length, 1);
});

test('a process that dies between deciding and doing leaves nothing undone', async (t) => {
  const { conversation, conversations, press, tickets, aSaidHere } = await aLinkedPerson(t);
  await tickets.create(aDoubtful());
  await press(`fld:${id}:total`);
  const said = aSaidHere('12');
  const save = conversations.save;
  conversations.save = async (...given) => {
    await save(...given);
    throw new Error('killed');
  };
  await assert.rejects(conversation.handle(said), /killed/);
  conversations.save = save;

  const [again] = await conversation.handle(said);

  assert.match(again?.text ?? '', /Corregido/);
  assert.equal((await tickets.get('acme', id))?.fields.total?.value, '12.00');
});

test('the amount of a payment proof is also its total', async (t) => {
  const { press, say, tickets } = await aLinkedPerson(t);
  const fields = fieldsOf({ monto: '1.00', total: '1.00', currency: 'VES' });
  await tickets.create(aDoubtful({ kind: 'payment_proof', fields, reasons: ['doubtful:monto'] }));

  await press(`fld:${id}:monto`);
  await say('1.250,75');

  const kept = await tickets.get('acme', id);
  assert.deepEqual([kept?.fields.monto?.value, kept?.fields.total?.value], ['1250.75', '1250.75']);
});

test('a document that failed is read again when asked, others are not', async (t) => {
  const { press, tickets } = await aLinkedPerson(t);
  await tickets.create(aTicket({ id, stage: 'FAILED', error: { code: 'read-timeout', message: '' } }));

  await press(`cmd:retry:${id}`);
  assert.equal((await tickets.get('acme', id))?.stage, 'UPLOADED');
  assert.match((await press(`cmd:retry:${id}`))[0]?.text ?? '', /no necesita/);
  assert.match((await press(`cmd:fix:${id}`))[0]?.text ?? '', /no se puede corregir/);
});

test('nobody corrects, confirms, sees or repeats another company’s document, nor a member a colleague’s', async (t) => {
  for (const theirs of [{ companyId: 'other' }, {}]) {
    const { press, say, tickets } = await aLinkedPerson(t, { role: 'member' });
    await tickets.create(aDoubtful({ ...theirs, reasons: ['doubtful:date'] }));
    await press(`fld:${id}:total`);

    for (const reply of [
      await say('666'),
      await press(`cmd:confirm:${id}`),
      await press(`cmd:retry:${id}`),
      await press(`cmd:fix:${id}`),
    ]) {
      assert.equal(reply[0]?.text, 'No encontré ese documento.');
    }
    const kept = await tickets.load(id);
    assert.deepEqual([kept?.ticket.stage, kept?.ticket.fields.total, kept?.revision], ['HUMAN_REVIEW', undefined, 1]);
  }
});
