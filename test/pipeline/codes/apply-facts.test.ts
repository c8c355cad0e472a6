import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReadCode } from '../../../src/domain/code.ts';
import type { Classification, Extraction, FieldValue } from '../../../src/domain/document.ts';
import { loadMerchants } from '../../../src/pipeline/classify/merchants.ts';
import { classifiedByFacts, withFacts } from '../../../src/pipeline/codes/apply-facts.ts';
import { documentFacts } from '../../../src/pipeline/codes/document-facts.ts';

const catalog = await loadMerchants(`${import.meta.dirname}/../../../config/merchants`);
const uuid = '5cc0c06e-5e2d-4f8a-8c3e-6f1a2b3c4d5e';
const receipt: Classification = { kind: 'receipt', kindConfidence: 0.9, merchant: null, candidates: [] };

function code(text: string): ReadCode {
  const quad: ReadCode['quad'] = [
    [10, 10],
    [20, 10],
    [20, 20],
    [10, 20],
  ];
  return { format: 'QRCode', text, page: 1, quad };
}

function cfdi(total: string, id = uuid): ReadCode {
  const query = `id=${id}&re=CCO8605231N4&rr=XAXX010101000&tt=${total}&fe=abcdefgh`;
  return code(`https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx?${query}`);
}

function read(value: string, confidence: number): FieldValue {
  return { value, confidence, box: null, source: 'ocr/label' };
}

function extraction(total: FieldValue, reasons: string[] = []): Extraction {
  return { fields: { total, taxId: read('CCO8605231N4', 0.9), folio: read('A1', 0.9) }, reasons };
}

test('what a code says stands in the place of what was read, with its place', () => {
  const before = extraction(read('124.50', 0.4), ['doubtful:total', 'missing:date']);

  const { fields, reasons } = withFacts(before, receipt, documentFacts([cfdi('1234.5')]));

  const box = { page: 1, x: 10, y: 10, width: 10, height: 10 };
  assert.deepEqual(fields.total, { value: '1234.50', confidence: 0.999, box, source: 'qr/cfdi' });
  assert.equal(fields.folio?.value, 'A1');
  assert.deepEqual(reasons, ['missing:date']);
});

test('print that surely says something else is told', () => {
  const { fields, reasons } = withFacts(extraction(read('9234.50', 0.97)), receipt, documentFacts([cfdi('1234.5')]));

  assert.equal(fields.total?.value, '1234.50');
  assert.deepEqual(reasons, ['disagrees:total']);
});

test('a document without a printed number is known by its UUID', () => {
  const { fields } = withFacts({ fields: {}, reasons: [] }, receipt, documentFacts([cfdi('1')]));

  assert.equal(fields.folio?.value, uuid);
});

test('codes of two documents on one page change nothing', () => {
  const other = '11111111-2222-4333-8444-555555555555';
  const before = extraction(read('5.00', 0.9));

  const after = withFacts(before, receipt, documentFacts([cfdi('1'), cfdi('2', other)]));

  assert.deepEqual(after, before);
});

test('a code of another host changes nothing', () => {
  const before = extraction(read('5.00', 0.9));

  const after = withFacts(
    before,
    receipt,
    documentFacts([code(`https://example.com/?id=${uuid}&re=CCO8605231N4&tt=9`)]),
  );

  assert.deepEqual(after, before);
});

test('the merchant is the one whose tax id the code states', () => {
  const wrong = { id: null, name: 'OX0', taxId: null, confidence: 0.4, method: 'header' };

  const { merchant } = classifiedByFacts({ ...receipt, merchant: wrong }, documentFacts([cfdi('1')]), catalog);

  assert.equal(merchant?.taxId, 'CCO8605231N4');
  assert.equal(merchant?.method, 'tax_id');
  assert.match(merchant?.name ?? '', /oxxo/i);
});

test('a page of which only the code is readable is a receipt all the same', () => {
  const { kind } = classifiedByFacts({ ...receipt, kind: 'other' }, documentFacts([cfdi('1')]), catalog);

  assert.equal(kind, 'receipt');
});

test("the number stays as printed where it differs from the code's in zeros only", () => {
  const known = documentFacts([code('20100070970|03|B001|00004567|7.63|50.00|2026-02-28|1|45678901|')]);

  const { fields } = withFacts({ fields: { folio: read('B001-4567', 0.9) }, reasons: [] }, receipt, known);

  assert.equal(fields.folio?.value, 'B001-4567');
  assert.equal(fields.folio?.confidence, 0.999);
});
