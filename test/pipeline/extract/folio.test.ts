import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { loadUnderstandingData, type UnderstandingData } from '../../support/understanding.ts';

let data: UnderstandingData;
before(async () => {
  data = await loadUnderstandingData();
});

const folio = (...rows: string[]) =>
  data.understand(['COMERCIO EJEMPLO', ...rows, 'TOTAL 10.00'].join('\n')).value('folio');

test('the folio stands after its label, on the same row or the next', () => {
  assert.equal(folio('FOLIO: 48213'), '48213');
  assert.equal(folio('BOLETA ELECTRONICA', 'N 45871'), '45871');
  assert.equal(folio('Fo1i0: 4153-1-3-44803'), '4153-1-3-44803');
});

test('telephones, tills, dates and amounts beside other labels are no folio', () => {
  assert.equal(folio('TEL: 5512345678', 'CAJA: 0123', 'FECHA 01/02/2026'), undefined);
});

test('letters that OCR put among digits are digits again, a prefix stays', () => {
  assert.equal(folio('TICKET NO: 4I08Z21'), '4108221');
  assert.equal(folio('INVOICE NO: KSB8OO51978'), 'KSB80051978');
});

test('a folio printed twice is surer than one printed once', () => {
  const once = data.understand('COMERCIO EJEMPLO\nFOLIO: 48213\nTOTAL 10.00');
  const twice = data.understand('COMERCIO EJEMPLO\nFOLIO: 48213\nTOTAL 10.00\nFOLIO: 48213');

  assert.ok(once.confidence('folio') < 0.9);
  assert.ok(twice.confidence('folio') > 0.9);
});

test("a merchant's own rule finds the folio that has no label", () => {
  const { value } = data.understand('7 ELEVEN MEXICO SA DE CV\n05/19/2026 2:30:19 PM 1002 817281 3 22\nTOTAL\n28.00');

  assert.equal(value('folio'), '817281');
  assert.equal(value('date'), '2026-05-19');
});

test('a long number alone under the bar code is the folio when nothing else is and it is repeated', () => {
  assert.equal(folio('135405666897039680', '135405666897039680'), '135405666897039680');
});

test('the date without separators is no folio', () => {
  assert.equal(folio('FECHA 04/06/2025', 'FACTURA: 040625'), undefined);
});
