import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FiscalFacts } from '../../../src/domain/code.ts';
import { factsOf } from '../../../src/pipeline/codes/facts.ts';
import { parseCode } from '../../../src/pipeline/codes/parse-code.ts';

const uuid = '5cc0c06e-5e2d-4f8a-8c3e-6f1a2b3c4d5e';
const cufe = '0123456789abcdef'.repeat(6);

function arca(payload: object): string {
  return `https://www.arca.gob.ar/fe/qr/?p=${Buffer.from(JSON.stringify(payload)).toString('base64')}`;
}

const invoice = {
  ...{ ver: 1, fecha: '2026-03-14', cuit: 30500010912, ptoVta: 10, tipoCmp: 1, nroCmp: 94, importe: 12100.5 },
  ...{ moneda: 'PES', ctz: 1, tipoDocRec: 80, nroDocRec: 20000000001, tipoCodAut: 'E', codAut: 70417054367476 },
};

const cases: readonly [name: string, text: string, expected: FiscalFacts][] = [
  [
    "the SAT's address of a CFDI",
    `https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx?id=${uuid.toUpperCase()}&re=CCO8605231N4&rr=XAXX010101000&tt=1234.560000&fe=aB+/cD==`,
    factsOf('CFDI', {
      ...{ documentId: uuid, issuerTaxId: 'CCO8605231N4', recipientTaxId: 'XAXX010101000' },
      ...{ total: '1234.56', sealTail: 'aB+/cD==' },
    }),
  ],
  [
    'the bare expression of CFDI 3.2',
    `?re=CCO8605231N4&rr=XAXX010101000&tt=0000001234.500000&id=${uuid}`,
    factsOf('CFDI', {
      ...{ documentId: uuid, issuerTaxId: 'CCO8605231N4', recipientTaxId: 'XAXX010101000', total: '1234.50' },
    }),
  ],
  [
    "the DIAN's lines",
    `NumFac: SETP990000002\nFecFac: 2026-06-20\nHorFac: 09:15:23-05:00\nNitFac: 890903938\nDocAdq: 900108281\nValFac: 1500000.00\nValIva: 285000.00\nValOtroIm: 0.00\nValTolFac: 1785000.00\nCUFE: ${cufe}\nQRCode: https://catalogo-vpfe.dian.gov.co/document/searchqr?documentkey=${cufe}`,
    factsOf('DIAN', {
      ...{ documentId: cufe, issuerTaxId: '890903938-8', recipientTaxId: '900108281', folio: 'SETP990000002' },
      ...{ date: '2026-06-20', time: '09:15:23', tax: '285000.00', total: '1785000.00', currency: 'COP' },
    }),
  ],
  [
    "the DIAN's address alone",
    `https://catalogo-vpfe.dian.gov.co/document/searchqr?documentkey=${cufe.toUpperCase()}`,
    factsOf('DIAN', { documentId: cufe }),
  ],
  [
    "Argentina's JSON in base64",
    arca(invoice),
    factsOf('ARCA', {
      ...{
        documentId: '70417054367476',
        documentType: '1',
        issuerTaxId: '30-50001091-2',
        recipientTaxId: '20000000001',
      },
      ...{ folio: '00010-00000094', date: '2026-03-14', total: '12100.50', currency: 'ARS' },
    }),
  ],
  [
    'an Argentine credit note, which takes money back',
    arca({ ...invoice, tipoCmp: 8, importe: 10, nroDocRec: 0 }),
    factsOf('ARCA', {
      ...{ documentId: '70417054367476', documentType: '8', issuerTaxId: '30-50001091-2' },
      ...{ folio: '00010-00000094', date: '2026-03-14', total: '-10.00', currency: 'ARS' },
    }),
  ],
  [
    "Argentina's bar code of before",
    '3050001091201000170417054367476202603245',
    factsOf('ARCA', { documentId: '70417054367476', documentType: '1', issuerTaxId: '30-50001091-2' }),
  ],
  [
    "Chile's stamp",
    '<TED version="1.0"><DD><RE>97975000-5</RE><TD>33</TD><F>27</F><FE>2026-09-08</FE><RR>8414240-9</RR><RSR>JORGE</RSR><MNT>502946</MNT><IT1>Caj&#243;n</IT1><CAF version="1.0"><DA><RE>97975000-5</RE><RS>RUT DE PRUEBA</RS></DA></CAF><TSTED>2026-09-08T12:28:31</TSTED></DD><FRMT algoritmo="SHA1withRSA">x</FRMT></TED>',
    factsOf('SII', {
      ...{ documentType: '33', issuerTaxId: '97975000-5', issuerName: 'RUT DE PRUEBA', recipientTaxId: '8414240-9' },
      ...{ folio: '27', date: '2026-09-08', total: '502946.00', currency: 'CLP' },
    }),
  ],
  [
    "Peru's values between bars",
    '20100070970|03|B001|00004567|7.63|50.00|2026-02-28|1|45678901|hash=|',
    factsOf('SUNAT', {
      ...{ documentType: '03', issuerTaxId: '20100070970', recipientTaxId: '45678901', folio: 'B001-00004567' },
      ...{ date: '2026-02-28', tax: '7.63', total: '50.00' },
    }),
  ],
  [
    "Spain's address",
    'https://www2.agenciatributaria.gob.es/wlpl/TIKE-CONT/ValidarQR?nif=A28017895&numserie=12345678-G33&fecha=01-09-2026&importe=241.4',
    factsOf('VERIFACTU', {
      ...{ issuerTaxId: 'A28017895', folio: '12345678-G33', date: '2026-09-01', total: '241.40', currency: 'EUR' },
    }),
  ],
];

for (const [name, text, expected] of cases) {
  test(`a code is read as what it says: ${name}`, () => {
    assert.deepEqual(parseCode(text), expected);
  });
}

const foreign: readonly [name: string, text: string][] = [
  [
    'the SAT under another host',
    `https://sat.gob.mx.example.com/default.aspx?id=${uuid}&re=CCO8605231N4&rr=XAXX010101000&tt=1`,
  ],
  [
    'the SAT before an @',
    `https://verificacfdi.facturaelectronica.sat.gob.mx@example.com/?id=${uuid}&re=CCO8605231N4&tt=1`,
  ],
  ['the DIAN under another host', `https://dian.example.com/document/searchqr?documentkey=${cufe}`],
  ['an address of the local network', 'http://127.0.0.1:8080/admin?delete=all'],
  ["7-Eleven's 35 digits", '10021905202632000081728100022008834'],
  ["Argentina's address with what is no JSON", 'https://www.afip.gob.ar/fe/qr/?p=bm8ganNvbg=='],
  ['a stamp with an entity', '<!DOCTYPE a [<!ENTITY x "y">]><TED><DD><RE>&x;</RE></DD></TED>'],
  ['a stamp cut off', '<TED version="1.0"><DD><RE>97975000-5'],
  ['a bar code of 40 digits with a wrong check digit', '3050001091201000170417054367476202603247'],
];

for (const [name, text] of foreign) {
  test(`a code of another kind says nothing: ${name}`, () => {
    assert.equal(parseCode(text), null);
  });
}
