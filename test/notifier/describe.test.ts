import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fields, FieldValue } from '../../src/domain/document.ts';
import { failureCodes } from '../../src/domain/failure.ts';
import { Language } from '../../src/domain/language.ts';
import { describeFailure, describeTicket } from '../../src/notifier/describe.ts';
import { formatField } from '../../src/notifier/format-field.ts';
import { reasonText } from '../../src/notifier/reason-text.ts';
import { texts } from '../../src/notifier/texts/texts.ts';
import { aTicket } from '../support/builders.ts';

const value = (text: string): FieldValue => ({ value: text, confidence: 0.9, box: null, source: 'ocr/label' });
const fields: Fields = {
  merchant: value('OXXO'),
  total: value('1234.50'),
  currency: value('MXN'),
  date: value('2026-01-14'),
};
const reading = { provider: 'paddle', profile: 'balanced', confidence: 0.9, ms: 500 } as const;

test('a finished receipt is told with amounts and dates as the language writes them', () => {
  const ticket = aTicket({ stage: 'COMPLETED', kind: 'receipt', fields });

  const spanish = describeTicket(ticket, 'es');
  const english = describeTicket(ticket, 'en');

  assert.match(spanish, /Comercio: OXXO/);
  assert.match(spanish, /Total: \$1,234\.50/);
  assert.match(spanish, /Fecha: 14 ene 2026/);
  assert.match(english, /Total: MX\$1,234\.50/);
  assert.match(english, /Date: Jan 14, 2026/);
});

test('an amount is written digit by digit, so that none is lost in a float', () => {
  const total = value('90071992547409931.07');

  assert.match(describeTicket(aTicket({ stage: 'COMPLETED', fields: { total } }), 'en'), /90,071,992,547,409,931\.07/);
});

test('what a person has to look at is named field by field', () => {
  const ticket = aTicket({ stage: 'HUMAN_REVIEW', fields, reasons: ['doubtful:total', 'missing:taxId'] });

  const text = describeTicket(ticket, 'es');

  assert.match(text, /no estoy seguro de: total/);
  assert.match(text, /no encontré: identificación fiscal/);
});

test('a failed document is answered with what to do, never with its internals', () => {
  const error = { code: 'encrypted-pdf', message: 'PasswordException at worker.js:12' } as const;

  const text = describeTicket(aTicket({ stage: 'FAILED', error }), 'es');

  assert.match(text, /sin contraseña/);
  assert.doesNotMatch(text, /PasswordException/);
});

test('a duplicate says when the first one came and shows its values', () => {
  const first = aTicket({ stage: 'COMPLETED', fields, reading, createdAt: new Date('2026-01-10T15:00:00Z') });
  const second = aTicket({ stage: 'DUPLICATE', duplicateOf: first.id });

  const text = describeTicket(second, 'es', first);

  assert.match(text, /10 de enero de 2026/);
  assert.match(text, /OXXO/);
});

test('a duplicate of a document under way promises the answer of the first', () => {
  assert.match(describeTicket(aTicket({ stage: 'DUPLICATE', duplicateOf: 'x' }), 'es', aTicket()), /ya había llegado/i);
});

test('a duplicate of what could not be read is told what is wrong with it', () => {
  const first = aTicket({ stage: 'FAILED', error: { code: 'encrypted-pdf', message: 'PasswordException' } });

  const text = describeTicket(aTicket({ stage: 'DUPLICATE', duplicateOf: first.id }), 'es', first);

  assert.equal(text, describeFailure('encrypted-pdf', 'es'));
});

test('every failure has a text of its own in both languages', () => {
  for (const language of Language.options) {
    assert.equal(new Set(failureCodes.map((code) => describeFailure(code, language))).size, failureCodes.length);
  }
});

test('a reason that nobody knows is still told politely', () => {
  assert.match(reasonText('something:new', texts.es), /no pude comprobar/);
});

test('a Spanish reader sees the euro as Spain writes it, and each American money as its country does', () => {
  const shown = (currency: string) => formatField('total', '1063.40', texts.es, currency).replace(/\s/g, ' ');

  assert.equal(formatField('total', '63.40', texts.es, 'EUR').replace(/\s/g, ' '), '63,40 €');
  assert.deepEqual(['GTQ', 'HNL', 'NIO', 'PAB', 'BOB', 'UYU', 'USD'].map(shown), [
    'Q 1,063.40',
    'L 1,063.40',
    'C$1,063.40',
    'B/. 1,063.40',
    'Bs 1.063,40',
    '$ 1.063,40',
    'USD 1,063.40',
  ]);
  assert.match(formatField('total', '63.40', texts.en, 'EUR'), /^€63\.40$/);
});

test('an amount keeps its cents even in a currency that is usually written without', () => {
  assert.match(formatField('total', '29259.45', texts.es, 'COP'), /29\.259,45/);
  assert.match(formatField('total', '19990.50', texts.es, 'CLP'), /19\.990,50/);
  assert.doesNotMatch(formatField('total', '19990.00', texts.es, 'CLP'), /,00/);
});

test('a payment proof is told by its own fields, and no value twice', () => {
  const proof: Fields = {
    monto: value('104.54'),
    total: value('104.54'),
    currency: value('VES'),
    fecha: value('2025-06-20'),
  };

  const text = describeTicket(aTicket({ stage: 'COMPLETED', kind: 'payment_proof', fields: proof }), 'es');

  assert.equal(text.match(/104,54/g)?.length, 1);
  assert.match(text, /Monto: Bs\.\s?104,54/);
});

test('how it was paid is told in words', () => {
  assert.equal(formatField('paymentMethod', 'debit_card', texts.es), 'Tarjeta de débito');
});
