import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fields, FieldValue } from '../../src/domain/document.ts';
import { failureCodes } from '../../src/domain/failure.ts';
import { describeFailure, describeReason, describeTicket } from '../../src/notifier/describe.ts';
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
  assert.match(spanish, /Fecha: 14\/01\/2026/);
  assert.match(english, /Total: MX\$1,234\.50/);
  assert.match(english, /Date: 01\/14\/2026/);
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
  assert.match(
    describeTicket(aTicket({ stage: 'DUPLICATE', duplicateOf: 'x' }), 'es', aTicket()),
    /ya lo habías enviado/i,
  );
});

test('every failure has a text of its own in both languages', () => {
  for (const language of ['es', 'en'] as const) {
    assert.equal(new Set(failureCodes.map((code) => describeFailure(code, language))).size, failureCodes.length);
  }
});

test('a reason that nobody knows is still told politely', () => {
  assert.match(describeReason('something:new', 'es'), /no pude comprobar/);
});
