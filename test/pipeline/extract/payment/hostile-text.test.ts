import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractPayment } from '../../../../src/pipeline/extract/payment/extract-payment.ts';
import { paymentEvidence } from '../../../../src/pipeline/extract/payment/payment-evidence.ts';
import { banks } from './banks.ts';
import { aScreen } from './screen.ts';

/** Text that makes a careless expression try for hours; each takes a quarter of a second. */
const hostileRows: Readonly<Record<string, string>> = {
  'labels only': 'Monto: Referencia: Fecha: Banco: Concepto: '.repeat(40),
  'digits and blanks': '0 1 2 3 4 5 6 7 8 9 '.repeat(60),
  'digits and separators': '1.2,3.4,5-6.7/8.'.repeat(60),
  'stars and digits': '* * * *1 * * 2 '.repeat(80),
  'one long word': 'operacion'.repeat(120),
  'half a phone': '0414 - 04 '.repeat(100),
};

for (const [name, row] of Object.entries(hostileRows)) {
  test(`five thousand rows of ${name} get an answer`, () => {
    const reading = aScreen(Array.from({ length: 5_000 }, () => row));

    const { reasons } = extractPayment(reading, { today: '2026-06-21', banks });
    const evidence = paymentEvidence(reading);

    assert.notEqual(reasons.length, 0);
    assert.ok(evidence < 0.5);
  });
}
