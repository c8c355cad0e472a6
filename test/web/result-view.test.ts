import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AnswerEntry, documentEntry } from '../../src/channels/webchat/chat-entry.ts';
import type { FieldName } from '../../src/domain/document.ts';
import { type Result, toResult } from '../../src/domain/result.ts';
import { reasonText } from '../../src/notifier/reason-text.ts';
import { failureOf, plainText, viewOf } from '../../web/src/card/result-view.ts';
import { en } from '../../web/src/i18n/en.ts';
import { es } from '../../web/src/i18n/es.ts';
import { aTicket } from '../support/builders.ts';

function aResult(kind: Result['kind'], values: Partial<Record<FieldName, string>>): Result {
  const fields = Object.entries(values).map(([name, value]) => [
    name,
    { value, confidence: 1, box: null, source: 'test' },
  ]);
  return toResult(aTicket({ kind, fields: Object.fromEntries(fields) }));
}

const receipt = {
  merchant: 'La Muestra',
  total: '1234.50',
  currency: 'MXN',
  date: '2026-05-02',
  paymentMethod: 'cash',
};

test('a receipt shows its merchant, its amount, and the rest once, in words', () => {
  const { title, amount, rows } = viewOf(aResult('receipt', receipt), es);

  assert.deepEqual([title, amount?.text], ['La Muestra', '$1,234.50']);
  assert.deepEqual(
    rows.map(({ label, text }) => [label, text]),
    [
      ['Fecha', '2 may 2026'],
      ['Forma de pago', 'Efectivo'],
    ],
  );
});

test('a date cannot be read as another one in English', () => {
  const { rows } = viewOf(aResult('receipt', receipt), en);

  assert.equal(rows[0]?.text, 'May 2, 2026');
});

test('amounts are written as in their own country for a Spanish reader', () => {
  const amounts = [
    ['CLP', '19990'],
    ['COP', '29259.00'],
    ['VES', '1850.00'],
  ].map(([currency = '', total = '']) =>
    viewOf(aResult('receipt', { total, currency }), es).amount?.text.replace(/\s/g, ' '),
  );

  assert.deepEqual(amounts, ['$19.990', '$ 29.259', 'Bs. 1.850,00']);
});

test('a payment proof shows the Spanish fields only, though it has a total too', () => {
  const values = {
    total: '10.00',
    currency: 'VES',
    date: '2026-05-02',
    monto: '10.00',
    fecha: '2026-05-02',
    cedula: '12345674',
  };

  const { title, amount, rows } = viewOf(aResult('payment_proof', values), es);

  assert.deepEqual([title, amount?.name], [null, 'monto']);
  assert.deepEqual(
    rows.map(({ label }) => label),
    ['Cédula', 'Fecha'],
  );
});

test('the clipboard gets title and values line by line', () => {
  assert.equal(
    plainText(viewOf(aResult('receipt', receipt), es)),
    'La Muestra\nTotal: $1,234.50\nFecha: 2 may 2026\nForma de pago: Efectivo',
  );
});

test('every reason has words, unknown ones too', () => {
  const reasons = [
    'missing:total',
    'doubtful:cedula',
    'unknown_merchant',
    'not_a_receipt',
    'no_text',
    'read-timeout',
    'new:thing',
  ];

  const texts = reasons.map((reason) => reasonText(reason, en.texts));

  assert.equal(texts[0], en.texts.reasons.missing(en.texts.fields.total));
  assert.equal(texts[5], en.texts.failures['read-timeout']);
  assert.equal(texts[6], en.texts.reasons.other);
  assert.equal(new Set(texts).size, reasons.length);
});

function aDocument(changes: Parameters<typeof aTicket>[0]) {
  const ticket = aTicket(changes);
  return documentEntry(ticket, toResult(ticket));
}

const unread = { stage: 'FAILED', error: { code: 'encrypted-pdf', message: 'for operators' } } as const;

test('a duplicate tells why its first failed, whether the first is in this chat or elsewhere', () => {
  const duplicate = aDocument({ stage: 'DUPLICATE', duplicateOf: 'first' });
  const result = toResult(aTicket({ stage: 'DUPLICATE', duplicateOf: 'first' }), aTicket(unread));
  const answer: AnswerEntry = { type: 'answer', id: 'a', ticketId: 't', text: '', result, updatedAt: '' };

  const elsewhere = failureOf(duplicate, answer, undefined);
  const here = failureOf(duplicate, null, aDocument(unread));

  assert.deepEqual([elsewhere, here], ['encrypted-pdf', 'encrypted-pdf']);
});

test('a duplicate whose first was read after all, or read at once, has nothing to mend', () => {
  const duplicate = aDocument({ stage: 'DUPLICATE', duplicateOf: 'first' });
  const result = toResult(aTicket({ stage: 'DUPLICATE', duplicateOf: 'first' }), aTicket(unread));
  const answer: AnswerEntry = { type: 'answer', id: 'a', ticketId: 't', text: '', result, updatedAt: '' };

  const readSince = failureOf(duplicate, answer, aDocument({ stage: 'COMPLETED' }));
  const readAtOnce = failureOf(duplicate, null, undefined);

  assert.deepEqual([readSince, readAtOnce], [null, null]);
});
