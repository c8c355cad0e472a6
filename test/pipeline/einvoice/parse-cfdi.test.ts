import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../../src/domain/failure.ts';
import { parseEInvoice } from '../../../src/pipeline/einvoice/parse-e-invoice.ts';
import { aCfdi } from '../../support/e-invoices.ts';

const parse = (xml: string) => parseEInvoice(Buffer.from(xml));

test('a CFDI 4.0 is read to its last field', () => {
  const { seal, arithmetic, ...invoice } = parse(aCfdi());

  assert.deepEqual(arithmetic, { ok: true, difference: '0.00' });
  assert.equal(seal.valid, true);
  assert.deepEqual(invoice, {
    standard: 'CFDI',
    version: '4.0',
    uuid: '5A1B2C3D-0000-4000-8000-00000000ABCD',
    type: 'I',
    series: 'A',
    folio: '17',
    issuedAt: '2027-01-15T10:30:00',
    currency: 'MXN',
    exchangeRate: null,
    subtotal: '100.00',
    discount: null,
    total: '116.00',
    paymentForm: '04',
    paymentMethod: 'PUE',
    place: '06000',
    issuer: { taxId: 'AAA010101AAA', name: 'Café & Ñandú', regime: '601' },
    recipient: {
      taxId: 'XAXX010101000',
      name: 'PÚBLICO  EN GENERAL',
      use: 'S01',
      postalCode: '06000',
      regime: '616',
    },
    taxes: { transferred: '16.00', withheld: null },
    items: [
      {
        productCode: '50202306',
        sku: null,
        description: 'Café',
        quantity: '2',
        unit: 'H87',
        unitPrice: '50.00',
        amount: '100.00',
        discount: null,
      },
    ],
    stampedAt: '2027-01-15T10:31:00',
    certificateNumber: '30001000000500009999',
    satCertificateNumber: '00001000000500008888',
    stampedBy: 'SPR190613I52',
    complements: ['TimbreFiscalDigital'],
    uuidFits: null,
    hasAddenda: false,
    sealTail: /Sello="[^"]*(.{8})"/.exec(aCfdi())?.[1],
  });
});

test('3.2 in lower case is read, with what it says only in words left out', () => {
  const xml = `<cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/3" version="3.2" fecha="2016-02-03T04:05:06" tipoDeComprobante="ingreso"
    serie="B" folio="9" formaDePago="Pago en una sola exhibición" metodoDePago="01" subTotal="10" descuento="1.00" total="10.44" LugarExpedicion="Toluca">
    <cfdi:Emisor rfc="AAA010101AAA" nombre="Tienda"><cfdi:RegimenFiscal Regimen="General"/></cfdi:Emisor><cfdi:Receptor rfc="XAXX010101000"/>
    <cfdi:Impuestos totalImpuestosTrasladados="1.44"/></cfdi:Comprobante>`;

  const invoice = parse(xml);

  assert.deepEqual(
    [invoice.version, invoice.type, invoice.series, invoice.folio, invoice.discount, invoice.total],
    ['3.2', 'ingreso', 'B', '9', '1.00', '10.44'],
  );
  assert.deepEqual([invoice.paymentForm, invoice.paymentMethod, invoice.issuer.regime], [null, null, null]);
  assert.deepEqual(invoice.arithmetic, { ok: true, difference: '0.00' });
});

test('broken namespaces and an addenda do not hinder', () => {
  const addenda =
    '<cfdi:Addenda><otro:pedido xmlns:otro="urn:o" numero="9"><Comprobante Total="1"/></otro:pedido></cfdi:Addenda>';
  const undeclared = aCfdi({ addenda }).replace('xmlns:cfdi="http://www.sat.gob.mx/cfd/4"', '');

  const invoice = parse(undeclared);

  assert.deepEqual([invoice.total, invoice.hasAddenda, invoice.seal.valid], ['116.00', true, true]);
});

test('a stamp in the addenda is not the stamp of the document', () => {
  const foreign = '<cfdi:Addenda><tfd:TimbreFiscalDigital xmlns:tfd="urn:x" UUID="9"/></cfdi:Addenda>';

  assert.equal(parse(aCfdi({ isStamped: false, addenda: foreign })).uuid, null);
});

test('a total that its parts do not give is told with the difference', () => {
  assert.deepEqual(parse(aCfdi({ total: '116.01' })).arithmetic, { ok: true, difference: '0.01' });
  assert.deepEqual(parse(aCfdi({ total: '115.98' })).arithmetic, { ok: false, difference: '-0.02' });
});

test('local taxes count', () => {
  const complement =
    '<l:ImpuestosLocales xmlns:l="http://www.sat.gob.mx/implocal" version="1.0" TotaldeTraslados="3.00" TotaldeRetenciones="1.00"/>';

  assert.deepEqual(parse(aCfdi({ complement, total: '118.00' })).arithmetic, { ok: true, difference: '0.00' });
});

test('a receipt of payment has no amounts of its own to be added', () => {
  const payment = aCfdi({ total: '100.00' }).replace('TipoDeComprobante="I"', 'TipoDeComprobante="P"');

  assert.equal(parse(payment).arithmetic.ok, true);
});

test('complements are named once each', () => {
  const complement = '<n:Nomina xmlns:n="http://www.sat.gob.mx/nomina12"/><p:Pagos xmlns:p="p"/><p:Pagos xmlns:p="p"/>';

  assert.deepEqual(parse(aCfdi({ complement })).complements, ['Nomina', 'Pagos', 'TimbreFiscalDigital']);
});

test('what is no amount is not taken for one', () => {
  const xml = aCfdi().replace(' Total="116.00"', ' Total="1e3"').replace('SubTotal="100.00"', 'SubTotal="mil"');

  const { total, subtotal, arithmetic } = parse(xml);

  assert.deepEqual([total, subtotal, arithmetic], [null, null, { ok: null, difference: null }]);
});

test('a version that does not exist is refused', () => {
  assert.throws(
    () => parse(aCfdi().replace('Version="4.0"', 'Version="7.0"')),
    (error) => error instanceof Failure && error.code === 'unsupported-type',
  );
});

test('retenciones give issuer, recipient, the operation and what was withheld', () => {
  const xml = `<r:Retenciones xmlns:r="http://www.sat.gob.mx/esquemas/retencionpago/2" Version="2.0" FolioInt="5" FechaExp="2027-01-15T10:30:00" LugarExpRetenc="06000" CveRetenc="14">
    <r:Emisor RfcE="AAA010101AAA" NomDenRazSocE="Tienda" RegimenFiscalE="601"/><r:Receptor NacionalidadR="Nacional"><r:Nacional RfcR="XAXX010101000" NomDenRazSocR="Ana" DomicilioFiscalR="06000"/></r:Receptor>
    <r:Totales MontoTotOperacion="100.00" MontoTotGrav="80.00" MontoTotExent="20.00" MontoTotRet="10.00"/></r:Retenciones>`;

  const invoice = parse(xml);

  assert.deepEqual(
    [invoice.standard, invoice.type, invoice.folio, invoice.total, invoice.taxes.withheld, invoice.arithmetic.ok],
    ['CFDI-RETENCIONES', '14', '5', '100.00', '10.00', true],
  );
  assert.deepEqual([invoice.issuer.taxId, invoice.recipient.name], ['AAA010101AAA', 'Ana']);
});
