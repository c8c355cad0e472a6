import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { loadUnderstandingData, type UnderstandingData } from '../../support/understanding.ts';

let data: UnderstandingData;
before(async () => {
  data = await loadUnderstandingData();
});

const receipt = [
  'ABARROTES LA ESQUINA S.A. DE C.V.',
  'RFC: GODE561231GR8',
  'CALLE FALSA 123 CIUDAD DE MEXICO',
  'FOLIO: 48213',
  'FECHA: 14/02/2026 HORA: 18:05',
  'CAFE MOLIDO 88.00',
  'PAN DULCE 28.00',
  'SUBTOTAL 100.00',
  'IVA 16% 16.00',
  'TOTAL 116.00',
  'EFECTIVO 200.00',
  'CAMBIO 84.00',
];

test('a plain receipt gives every field with high confidence', () => {
  const { value, confidence, extraction } = data.understand(receipt.join('\n'));

  assert.equal(value('taxId'), 'GODE561231GR8');
  assert.equal(value('date'), '2026-02-14');
  assert.equal(value('time'), '18:05');
  assert.equal(value('total'), '116.00');
  assert.equal(value('subtotal'), '100.00');
  assert.equal(value('tax'), '16.00');
  assert.equal(value('currency'), 'MXN');
  assert.equal(value('folio'), '48213');
  assert.equal(value('paymentMethod'), 'cash');
  assert.ok(confidence('total') >= 0.95);
  assert.deepEqual(extraction.reasons, []);
});

test('every value says where it stands', () => {
  const { extraction } = data.understand(receipt.join('\n'));

  const total = extraction.fields.total;

  assert.equal(total?.source, 'ocr/label+arithmetic');
  assert.equal(total?.box?.y, 9 * 20);
  assert.equal(total?.box?.x, 'TOTAL '.length * 10);
});

test('cash less change confirms a total whose label is unreadable', () => {
  const { value, extraction } = data.understand(
    receipt.map((row) => row.replace('TOTAL 116', 'T###L 116').replace('SUBT###L', 'SUBTOTAL')).join('\n'),
  );

  assert.equal(value('total'), '116.00');
  assert.equal(extraction.fields.total?.source, 'ocr/arithmetic');
});

test('totals of items, quantities, savings, tax and change are not the total', () => {
  const { value } = data.understand(
    [
      'KEDAI UJIAN SDN BHD',
      'JALAN SATU, KUALA LUMPUR',
      'ITEM A 10.00',
      'ITEM B 5.30',
      'TOTAL ITEMS 2.00',
      'TOTAL QTY 9.00',
      'TOTAL EXCL GST RM 14.43',
      'TOTAL SAVING 3.00',
      'TOTAL INCL GST RM 15.31',
      'ROUNDING ADJ -0.01',
      'AMOUNT DUE RM 15.30',
      'CASH RM 20.00',
      'CHANGE RM 4.70',
    ].join('\n'),
  );

  assert.equal(value('total'), '15.30');
  assert.equal(value('currency'), 'MYR');
});

test('the total may stand on the row after its label', () => {
  const { value } = data.understand('TIENDA DE PRUEBA SA DE CV\nFECHA 01/03/2026\nTOTAL M.N. $\n31.50\nGRACIAS');

  assert.equal(value('total'), '31.50');
});

test('labels in one column and values in another are matched by repetition and tax', () => {
  const { value } = data.understand(
    [
      'MODA EJEMPLO',
      'Total',
      'Tarjeta de Debito',
      'IVA',
      'NETO',
      '580.00 MXN',
      'MXN 580.00',
      '80.00',
      '500.00',
      '580.00',
    ].join('\n'),
  );

  assert.equal(value('total'), '580.00');
  assert.equal(value('tax'), '80.00');
});

test('pesos of Chile have no decimals', () => {
  const { value } = data.understand(
    [
      'BAZAR EJEMPLO SPA',
      'R.U.T.: 76.084.814-K',
      'BOLETA ELECTRONICA',
      'N 45871',
      'Fecha: 03-11-2025',
      'TOTAL: $ 23.700',
      'VUELTO 0',
    ].join('\n'),
  );

  assert.equal(value('total'), '23700');
  assert.equal(value('currency'), 'CLP');
  assert.equal(value('taxId'), '76084814-K');
  assert.equal(value('folio'), '45871');
});

test('the amount in words settles which total is right', () => {
  const { value } = data.understand(
    ['COMERCIAL EJEMPLO', 'TOTAL 1,070.00', 'TOTAL 7,070.00', '(MIL SETENTA PESOS 00/100 M.N.)'].join('\n'),
  );

  assert.equal(value('total'), '1070.00');
});

test('a date in the future or of a label such as expiry is not the date of the purchase', () => {
  const { value } = data.understand(
    ['TIENDA EJEMPLO', 'FECHA 20-12-2026', 'VALIDO HASTA 01/05/2026', '14/04/2026 10:00', 'TOTAL 5.00'].join('\n'),
    '2026-06-30',
  );

  assert.equal(value('date'), '2026-04-14');
});

test('another date that can be read in one way only tells the order of day and month', () => {
  const { value } = data.understand('SHOP\nDATE 04/06/2025 22:17\n2025-04-06\nTOTAL 5.00');

  assert.equal(value('date'), '2025-04-06');
});

test('two dates that differ in one digit cast doubt on each other', () => {
  const { confidence } = data.understand('TIENDA EJEMPLO\n07/02/2013 14:25\nFECHA 07/02/2018\nTOTAL 5.00');

  assert.ok(confidence('date') < 0.9);
});

test("the customer's tax id is not the merchant's", () => {
  const { value } = data.understand(
    ['FERRETERIA EJEMPLO LTDA', 'CLIENTE RUT: 76.084.814-K', 'RUT: 99.520.000-7', 'TOTAL $ 1.500'].join('\n'),
  );

  assert.equal(value('taxId'), '99520000-7');
});

test('what is not there is left out and named', () => {
  const { extraction } = data.understand('TIENDA EJEMPLO SA DE CV\nGRACIAS POR SU COMPRA');

  assert.equal(extraction.fields.total, undefined);
  assert.ok(extraction.reasons.includes('missing:total'));
  assert.ok(extraction.reasons.includes('missing:date'));
});

test('a doubtful total is given with less confidence and named', () => {
  const { confidence, extraction } = data.understand('TIENDA EJEMPLO\nFECHA 01/02/2026\nIMPORTE 10.00\nIMPORTE 20.00');

  assert.ok(confidence('total') < 0.8);
  assert.ok(extraction.reasons.includes('doubtful:total'));
});

test('an empty reading has no text', () => {
  assert.deepEqual(data.understand('').extraction, { fields: {}, reasons: ['no_text'] });
});

test('a payment proof also has the fields that every document has', () => {
  const { classification, value } = data.understand(
    [
      'PagomovilBDV Personas',
      '250,00 Bs',
      'Fecha: 20/06/2025',
      'Operacion: 003011112222',
      'Destino: 04121234567',
      'Banco: 0105-BANCO MERCANTIL',
      'Concepto: almuerzo',
    ].join('\n'),
  );

  assert.equal(classification.kind, 'payment_proof');
  assert.equal(value('monto'), '250.00');
  assert.equal(value('total'), '250.00');
  assert.equal(value('date'), '2025-06-20');
});

test('of two dates that speak for themselves alike the recent one is the purchase; an old one alone is as good', () => {
  const dateIn = (...rows: string[]) =>
    data.understand(['ABARROTES LA ESQUINA SA DE CV', ...rows].join('\n')).value('date');

  assert.equal(dateIn('14/02/2020', '15/02/2026', 'TOTAL 116.00'), '2026-02-15');
  assert.equal(dateIn('15/02/2026', '14/02/2020', 'TOTAL 116.00'), '2026-02-15');
  assert.equal(dateIn('14/02/2020', 'TOTAL 116.00'), '2020-02-14');
});
