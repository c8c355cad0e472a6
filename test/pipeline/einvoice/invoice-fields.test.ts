import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadMerchants } from '../../../src/pipeline/classify/merchants.ts';
import { classifyInvoice } from '../../../src/pipeline/einvoice/classify-invoice.ts';
import { extractInvoice } from '../../../src/pipeline/einvoice/invoice-fields.ts';
import { parseEInvoice } from '../../../src/pipeline/einvoice/parse-e-invoice.ts';
import { aCfdi, aUblInvoice } from '../../support/e-invoices.ts';

const catalog = await loadMerchants(new URL('../../../config/merchants', import.meta.url).pathname);

function understand(xml: string) {
  const invoice = parseEInvoice(Buffer.from(xml));
  const classification = classifyInvoice(invoice, catalog);
  const { fields, reasons } = extractInvoice(invoice, classification);
  const values = Object.fromEntries(Object.entries(fields).map(([name, { value, source }]) => [name, [value, source]]));
  return { classification, fields, values, reasons };
}

test('an e-invoice is one for certain, and its issuer is the merchant', () => {
  const { classification } = understand(aCfdi());

  assert.deepEqual(classification, {
    kind: 'e_invoice',
    kindConfidence: 1,
    merchant: { id: null, name: 'Café & Ñandú', taxId: 'AAA010101AAA', confidence: 1, method: 'issuer' },
    candidates: [],
  });
});

test('an issuer of the catalogue is known by its tax id, whatever it calls itself', () => {
  const { merchant } = understand(aCfdi({ issuer: 'CCO8605231N4' })).classification;

  assert.deepEqual([merchant?.name, merchant?.method], ['OXXO', 'tax_id']);
});

test('the fields of a CFDI are what its attributes say', () => {
  const { values, fields, reasons } = understand(aCfdi());

  assert.deepEqual(values, {
    merchant: ['Café & Ñandú', 'xml/Nombre'],
    taxId: ['AAA010101AAA', 'xml/Rfc'],
    date: ['2027-01-15', 'xml/Fecha'],
    time: ['10:30:00', 'xml/Fecha'],
    total: ['116.00', 'xml/Total'],
    subtotal: ['100.00', 'xml/SubTotal'],
    tax: ['16.00', 'xml/TotalImpuestosTrasladados'],
    currency: ['MXN', 'xml/Moneda'],
    folio: ['A17', 'xml/Folio'],
    paymentMethod: ['credit_card', 'xml/FormaPago'],
  });
  assert.ok(Object.values(fields).every(({ confidence, box }) => confidence === 1 && box === null));
  assert.deepEqual(reasons, []);
});

test('the fields of a UBL invoice are what its elements say', () => {
  const { values } = understand(aUblInvoice());

  assert.deepEqual(
    [values.merchant, values.time, values.total, values.folio, values.paymentMethod],
    [
      ['Panadería de Prueba', 'xml/RegistrationName'],
      ['10:02:49', 'xml/IssueTime'],
      ['1190.00', 'xml/PayableAmount'],
      ['NC424', 'xml/ID'],
      ['cash', 'xml/PaymentMeansCode'],
    ],
  );
});

test('without a folio the UUID stands for it, and no currency is none', () => {
  const xml = aCfdi().replace(' Serie="A" Folio="17"', '').replace('Moneda="MXN"', 'Moneda="XXX"');

  const { values } = understand(xml);

  assert.deepEqual(values.folio?.[0], '5A1B2C3D-0000-4000-8000-00000000ABCD');
  assert.equal(values.currency, undefined);
});

const doubts: readonly [what: string, reasons: string[], xml: () => string][] = [
  ['a false seal', ['invalid_seal'], () => aCfdi().replace('EN GENERAL', 'GENERAL')],
  ['a total that does not add up', ['arithmetic_mismatch'], () => aCfdi({ total: '126.00' })],
  ['a CFDI that nobody stamped', ['not_stamped'], () => aCfdi({ isStamped: false })],
  [
    'a seal that could not be checked',
    ['unverified_seal'],
    () => aCfdi().replace('<cfdi:Complemento>', '<cfdi:Complemento><x:n xmlns:x="urn:n">a</x:n>'),
  ],
  ['a UBL that nobody signed', ['invalid_seal'], () => aUblInvoice()],
];
for (const [what, reasons, xml] of doubts) {
  test(`${what} needs a person: ${reasons}`, () => {
    assert.deepEqual(understand(xml()).reasons, reasons);
  });
}

test('a date or total that is missing needs a person', () => {
  const { reasons } = understand(aUblInvoice({ payable: '' }).replace(/<cbc:IssueDate>.*<\/cbc:IssueDate>/, ''));

  assert.deepEqual(reasons, ['invalid_seal', 'missing:date', 'missing:total']);
});

test("a credit note's amounts are below zero, the invoice's own stay as stated", () => {
  const credit = aCfdi().replace('TipoDeComprobante="I"', 'TipoDeComprobante="E"');

  const { values } = understand(credit);

  assert.equal(values.total?.[0], '-116.00');
});
