import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../../src/domain/failure.ts';
import { parseEInvoice } from '../../../src/pipeline/einvoice/parse-e-invoice.ts';
import { anAttachedDocument, aUblInvoice, escapeXml } from '../../support/e-invoices.ts';

const parse = (xml: string) => parseEInvoice(Buffer.from(xml));
const isUnsupported = (error: unknown) => error instanceof Failure && error.code === 'unsupported-type';

test('an invoice is read, its prefix told from its number', () => {
  const invoice = parse(aUblInvoice());

  assert.deepEqual(
    [invoice.standard, invoice.version, invoice.type, invoice.uuid, invoice.series, invoice.folio],
    ['UBL', '2.1', 'Invoice', 'abc123', 'NC', '424'],
  );
  assert.deepEqual(
    [invoice.issuedAt, invoice.currency, invoice.subtotal, invoice.total, invoice.taxes.transferred],
    ['2027-01-15T10:02:49-05:00', 'COP', '1000.00', '1190.00', '190.00'],
  );
  assert.deepEqual(invoice.issuer, { taxId: '800197268', name: 'Panadería de Prueba', regime: 'O-13' });
  assert.deepEqual([invoice.recipient.taxId, invoice.paymentForm, invoice.paymentMethod], ['222222222222', '10', '1']);
  assert.deepEqual(invoice.items, [
    {
      productCode: null,
      sku: null,
      description: 'Pan',
      quantity: '2.00',
      unit: '94',
      unitPrice: '500.00',
      amount: '1000.00',
      discount: null,
    },
  ]);
});

for (const root of ['CreditNote', 'DebitNote']) {
  test(`a ${root} is read like an invoice`, () => {
    const invoice = parse(aUblInvoice({ root }));

    assert.deepEqual([invoice.type, invoice.total, invoice.items.length], [root, '1190.00', 1]);
  });
}

const base64 = Buffer.from(aUblInvoice()).toString('base64');
const embeddings: readonly [how: string, xml: string][] = [
  ['in CDATA', anAttachedDocument(`<![CDATA[${aUblInvoice()}]]>`)],
  ['escaped', anAttachedDocument(escapeXml(aUblInvoice()))],
  ['escaped twice', anAttachedDocument(escapeXml(escapeXml(aUblInvoice())))],
  ['in base64', anAttachedDocument(base64.replace(/(.{76})/g, '$1\n'))],
  ['as elements', anAttachedDocument(aUblInvoice().replace(/^<\?xml[^>]*>/, ''))],
  ['claiming another encoding', anAttachedDocument(`<![CDATA[${aUblInvoice().replace('UTF-8', 'ISO-8859-1')}]]>`)],
  ['in a SOAP envelope', `<s:Envelope xmlns:s="s"><s:Body><x>${anAttachedDocument(base64)}</x></s:Body></s:Envelope>`],
  [
    "in the DIAN's answer",
    `<s:Envelope xmlns:s="s"><s:Body><a><XmlBytesBase64>${base64}</XmlBytesBase64></a></s:Body></s:Envelope>`,
  ],
];
for (const [how, xml] of embeddings) {
  test(`an invoice embedded ${how} is found`, () => {
    const invoice = parse(xml);

    assert.deepEqual([invoice.uuid, invoice.issuer.name], ['abc123', 'Panadería de Prueba']);
  });
}

test('a container without an invoice, or of containers without end, is refused', () => {
  const nested = [1, 2, 3, 4].reduce((inner) => anAttachedDocument(escapeXml(inner)), aUblInvoice());

  assert.throws(() => parse('<s:Envelope xmlns:s="s"><s:Body/></s:Envelope>'), isUnsupported);
  assert.throws(() => parse(anAttachedDocument('')), isUnsupported);
  assert.throws(() => parse(nested), isUnsupported);
});

test('what is payable is checked against lines and taxes', () => {
  assert.deepEqual(parse(aUblInvoice()).arithmetic, { ok: true, difference: '0.00' });
  assert.deepEqual(parse(aUblInvoice({ payable: '1200.00' })).arithmetic, { ok: false, difference: '10.00' });
});

test('an invoice that nobody signed is not valid', () => {
  assert.deepEqual(parse(aUblInvoice()).seal, { valid: false, reason: 'not-signed' });
});
