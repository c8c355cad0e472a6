import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { loadUnderstandingData, type UnderstandingData } from '../../support/understanding.ts';

let data: UnderstandingData;
before(async () => {
  data = await loadUnderstandingData();
});

const merchantOf = (text: string) => data.understand(text).classification.merchant;

test('a tax id of the catalogue names the merchant, however its name is printed', () => {
  const merchant = merchantOf('T1END4 X\nR.F.C. NWM-970924-4W4\nTOTAL 10.00');

  assert.equal(merchant?.id, 'walmart-mx');
  assert.equal(merchant?.method, 'tax_id');
  assert.equal(merchant?.taxId, 'NWM9709244W4');
});

test('names are recognised through OCR noise', () => {
  assert.equal(merchantOf('CADENA C0MERC1AL 0XX0\nTOTAL 10.00')?.id, 'oxxo');
  assert.equal(merchantOf('T1ENDAS S0R1ANA\nTOTAL 10.00')?.id, 'soriana');
  assert.equal(merchantOf('MERCADONA, S.A.\nTOTAL (€) 10,00')?.id, 'mercadona');
});

test("a misread tax id whose check digit is wrong is the catalogue's only similar one", () => {
  const merchant = merchantOf('T1END4 X\nRFC: NWN9709244W4\nTOTAL 10.00');

  assert.equal(merchant?.id, 'walmart-mx');
  assert.equal(merchant?.taxId, 'NWM9709244W4');
  assert.ok((merchant?.confidence ?? 1) < 0.99);
});

test('a chain of one country brings its tax id when the ticket does not show it', () => {
  const { value, extraction } = data.understand('MERCADONA\nFECHA 01/02/2026\nTOTAL 5,00');

  assert.equal(value('taxId'), 'A46103834');
  assert.equal(extraction.fields.taxId?.source, 'merchant/catalog');
  assert.ok((extraction.fields.taxId?.confidence ?? 1) < 0.9);
});

test('a name that shares only its common words with a chain is not the chain', () => {
  assert.equal(merchantOf('RESTAURANTE LUPE\nTOTAL 10.00')?.id, null);
});

test('a name inside another word is not the merchant', () => {
  assert.notEqual(merchantOf('LAS CONDICIONES SRL\nLA MAZARAGOZA\nTOTAL 10.00')?.id, 'condis');
  assert.equal(merchantOf('LIBRERIA ZARAGOZA S.L.\nTOTAL 10,00')?.id, null);
});

test('a gas station is never a supermarket', () => {
  const merchant = merchantOf('SORIANA\nPERMISO CRE PL/1234/EXP/ES/2015\nMAGNA 20.00 LTS\nTOTAL 480.00');

  assert.notEqual(merchant?.id, 'soriana');
});

test('an unknown merchant has the name of the header, without its registration number', () => {
  const merchant = merchantOf('TAX INVOICE\nKEDAI EJEMPLO SDN BHD (12345-X)\nNO. 1 JALAN SATU\nTOTAL 3.90');

  assert.equal(merchant?.name, 'KEDAI EJEMPLO SDN BHD');
  assert.equal(merchant?.id, null);
  assert.equal(merchant?.method, 'header');
});

test('a name broken over two rows is joined', () => {
  assert.equal(
    merchantOf('FABRICA DE VELAS EJEMPLO\nLIMITADA\nTOTAL $ 1.000')?.name,
    'FABRICA DE VELAS EJEMPLO LIMITADA',
  );
});

test("a goods-received note is the supplier's", () => {
  assert.equal(
    merchantOf('ENTRADA POR COMPRA\nProveedor: 0123\nHIELOS DEL PUERTO\nTotal: 10.00')?.name,
    'HIELOS DEL PUERTO',
  );
});

test('documents are told apart by their words', () => {
  const kindOf = (text: string) => data.understand(text).classification.kind;

  assert.equal(kindOf('TIENDA\nSUBTOTAL 5.00\nTOTAL 5.00\nEFECTIVO 10.00\nCAMBIO 5.00'), 'receipt');
  assert.equal(
    kindOf('Pago movil\nOperacion exitosa\nReferencia 123456\nBanco destino\nCedula V-1234567'),
    'payment_proof',
  );
  assert.equal(kindOf('Folio fiscal UUID\nSello digital del CFDI\nCadena original\nUso CFDI G03'), 'e_invoice');
  assert.equal(kindOf('La luna y el sol\nun poema'), 'other');
});

test('a reading without text is nothing', () => {
  assert.deepEqual(data.understand('').classification, {
    ...{ kind: 'other', kindConfidence: 1, merchant: null, candidates: [] },
  });
});

test('a name too damaged for a letter-by-letter search is found by its n-grams, or offered for choice', () => {
  const { merchant, candidates } = data.understand(
    'SUPERMERCAD0S\nCHEDRQUI VALIEJ0\nAV. JUAREZ 10, CIUDAD DE MEXICO\nTOTAL $ 10.00',
  ).classification;

  const offered = [merchant?.id, ...candidates.map(({ id }) => id)];
  assert.ok(offered.includes('chedraui'), JSON.stringify({ merchant, candidates }));
});

test('a sure merchant leaves nothing to choose', () => {
  assert.deepEqual(data.understand('OXXO\nRFC CCO8605231N4\nTOTAL 10.00').classification.candidates, []);
});

test('an OXXO beside the pumps is the station, and the station says which one it is', () => {
  const merchant = merchantOf('OXXO GAS\nPL/4321/EXP/ES/2016\nMAGNA 20 LITROS\nTOTAL 480.00');

  assert.equal(merchant?.id, 'oxxo-gas');
  assert.equal(merchant?.permit, 'PL/4321/EXP/ES/2016');
});

test('a station of no known brand has its own name, never that of a supermarket', () => {
  const merchant = merchantOf(
    'SERVICIO EL POTRERO SA DE CV\nPL/4321/EXP/ES/2016\nJUNTO A SORIANA\nDIESEL 20 LTS\nTOTAL 480',
  );

  assert.equal(merchant?.id, null);
  assert.equal(merchant?.name, 'SERVICIO EL POTRERO SA DE CV');
});

test('chains of one name are told apart by their country', () => {
  const inArgentina = merchantOf('CARREFOUR\nCUIT 30-12345678-1 AFIP ARGENTINA CABA\nTOTAL $ 10,00');
  const inSpain = merchantOf('CARREFOUR\nFACTURA SIMPLIFICADA\nBASE IMPONIBLE 9,00 EUR MADRID\nTOTAL 10,00 EUROS');

  assert.equal(inArgentina?.id, 'carrefour-ar');
  assert.equal(inSpain?.id, 'carrefour-es');
});
