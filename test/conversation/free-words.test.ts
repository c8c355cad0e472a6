import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeWords } from '../../src/conversation/free-words.ts';
import { aTicket } from '../support/builders.ts';
import { aLinkedPerson, fieldsOf } from '../support/conversation.ts';

test('questions of people are understood in three languages', () => {
  const expected: readonly (readonly [string, string, string])[] = [
    ['¿Cuánto gasté en junio?', 'expenses', 'junio'],
    ['cuanto llevo gastado este mes', 'expenses', ''],
    ['¿y cuánto gastamos el mes pasado?', 'expenses', '-1'],
    ['How much did I spend in March 2025?', 'expenses', 'march 2025'],
    ['quanto gastei em março de 2026', 'expenses', 'marco 2026'],
    ['quiero ver mis facturas', 'invoices', ''],
    ['show me my latest receipts', 'invoices', ''],
    ['mándame el excel de abril por favor', 'export', 'abril'],
    ['¿qué puedes hacer?', 'help', ''],
    ['¿cómo va mi recibo?', 'status', ''],
    ['el total está mal', 'fix', ''],
    ['can you speak English please', 'language', 'en'],
    ['necesito cambiar mis datos fiscales', 'data', ''],
  ];
  for (const [text, name, rest] of expected) {
    assert.deepEqual(freeWords(text), { kind: 'command', command: { name, rest, hasSlash: false } }, text);
  }
});

test('thanks and greetings are answered kindly, a long text and another one not at all', () => {
  for (const text of ['Muchas gracias!', 'obrigada 🙏', 'thank you so much'])
    assert.equal(freeWords(text)?.kind, 'thanks');
  for (const text of ['buenos días', '¡Hola! ¿qué tal?', 'bom dia']) assert.equal(freeWords(text)?.kind, 'greeting');
  for (const text of ['mañana llueve', '', '12345', `gracias ${'x'.repeat(400)}`])
    assert.equal(freeWords(text), null, text);
});

test('a question about a month is answered with its chart', async (t) => {
  const { say, tickets } = await aLinkedPerson(t);
  const fields = fieldsOf({ merchant: 'OXXO', total: '100.00', date: '2025-06-10', currency: 'MXN' });
  await tickets.create(aTicket({ companyId: 'acme', fields, kind: 'receipt', stage: 'COMPLETED' }));

  const [reply] = await say('¿Cuánto gasté en junio de 2025?');

  assert.match(reply?.text ?? '', /Gastos de junio de 2025[\s\S]*\$100/);
  assert.equal(reply?.file?.mime, 'image/png');
});

test('thanks get a kind word and no help', async (t) => {
  const { say } = await aLinkedPerson(t);

  assert.match((await say('¡Gracias!'))[0]?.text ?? '', /De nada/);
  assert.match((await say('buenas tardes'))[0]?.text ?? '', /Mándame un recibo/);
});
