import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { typedAmount, typedValue } from '../../src/conversation/fix/typed-value.ts';
import { FieldName } from '../../src/domain/document.ts';

const now = new Date('2026-03-15T12:00:00Z');

test('amounts are understood in the ways of all countries', () => {
  const amounts = {
    '1234.5': '1234.50',
    '1,234.50': '1234.50',
    '1.234,50': '1234.50',
    '1.234.567': '1234567.00',
    '12,345': '12345.00',
    '$ 99': '99.00',
    'Bs. 1.250,75': '1250.75',
    '99 MXN': '99.00',
    '$1,000.00 MXN': '1000.00',
    '0,5': '0.50',
    '007': '7.00',
    "1'234.50": '1234.50',
  };

  for (const [typed, value] of Object.entries(amounts)) assert.equal(typedAmount(typed), value, typed);
});

test('what is no amount is none', () => {
  for (const typed of ['', '$', '-5', '1,23,45', '1.234.5', '12 y medio', '1e9', '9'.repeat(13), '٣']) {
    assert.equal(typedAmount(typed), null, typed);
  }
});

test('days are understood day first, with names, and never in the future', () => {
  const days = {
    '19/02/2026': '2026-02-19',
    '19-2-26': '2026-02-19',
    '02/19/2026': '2026-02-19',
    '2026-02-19': '2026-02-19',
    '19 de febrero de 2026': '2026-02-19',
    '19 feb': '2026-02-19',
    '19 abril': '2025-04-19',
    hoy: '2026-03-15',
    Ayer: '2026-03-14',
  };

  for (const [typed, value] of Object.entries(days)) assert.equal(typedValue('date', typed, now), value, typed);
  for (const typed of ['31/02/2026', '17/03/2026', '19/02/1999', 'mañana', '1/1', '32 enero', '5 ma']) {
    assert.equal(typedValue('date', typed, now), null, typed);
  }
});

test('times, currencies, ways of paying, phones and identifiers take their stable form', () => {
  assert.equal(typedValue('time', '6:05 p.m.', now), '18:05');
  assert.equal(typedValue('time', '25:00', now), null);
  assert.equal(typedValue('currency', 'mxn', now), 'MXN');
  assert.equal(typedValue('currency', 'pesos', now), null);
  assert.equal(typedValue('paymentMethod', 'Crédito', now), 'credit_card');
  assert.equal(typedValue('telefono', '0412-123.45.67', now), '04121234567');
  assert.equal(typedValue('folio', 'a 123-4', now), 'A123-4');
  assert.equal(typedValue('folio', '=HYPERLINK("x1")', now), null);
  assert.equal(typedValue('merchant', '  Café\u200b  Ñandú ', now), 'Café Ñandú');
  assert.equal(typedValue('merchant', '!!!', now), null);
});

test('no text makes it throw, and no value is long or has characters that cannot be seen', () => {
  fc.assert(
    fc.property(fc.constantFrom(...FieldName.options), fc.string({ unit: 'binary', maxLength: 200 }), (name, typed) => {
      const value = typedValue(name, typed, now);
      assert.ok(value === null || (value.length <= 120 && !/[\p{Cc}\p{Cf}]/u.test(value)));
    }),
  );
});
