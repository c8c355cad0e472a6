import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Line, Quad, Reading } from '../../../src/domain/reading.ts';
import { headerName } from '../../../src/pipeline/classify/header.ts';
import { layoutOf } from '../../../src/pipeline/extract/layout.ts';
import { readingFromText } from '../../../src/pipeline/extract/reading-from-text.ts';

const nameIn = (text: string) => headerName(layoutOf(readingFromText(text)))?.name;

test('a legal form marks the name even below a brand', () => {
  assert.equal(
    nameIn('SUPER PELUCHE\nEJEMPLO MARKETING SDN BHD (616227-D)\nLOT 1, JALAN DUA'),
    'EJEMPLO MARKETING SDN BHD',
  );
});

test('the owner named below the shop is not the shop', () => {
  assert.equal(nameIn('KEDAI BUKU EJEMPLO\nTAX INVOICE\nOwned By :\nHOLDING EJEMPLO SDN BHD'), 'KEDAI BUKU EJEMPLO');
});

test('rows that continue a name are joined', () => {
  assert.equal(nameIn('POPULAR CASA\nCO. (M) SDN BHD\nNO 8, JALAN 7'), 'POPULAR CASA CO. (M) SDN BHD');
  assert.equal(nameIn('THREE OAKS\nBISTRO & CAFE\n109, SS21/1A,'), 'THREE OAKS BISTRO & CAFE');
});

test('titles, addresses, telephones and greetings are no names', () => {
  assert.equal(nameIn('TAX INVOICE\nTEL: 03-1234567\nCALLE MAYOR 5\nGRACIAS POR SU COMPRA'), undefined);
});

test('digits that OCR put into words are letters again', () => {
  assert.equal(nameIn('C0NFECT10NERY EJEMPLO'), 'CONFECTIONERY EJEMPLO');
});

test('where issuer and customer stand side by side the left one is the name', () => {
  const at = (text: string, x: number): Line => {
    const quad: Quad = [
      [x, 0],
      [x + 150, 0],
      [x + 150, 12],
      [x, 12],
    ];
    return { text, confidence: 1, quad, row: 0, words: [] };
  };
  const lines = [at('VINOS EJEMPLO S.L.', 0), at('Restaurante Cliente S.A.', 400)];
  const page = { number: 1, width: 600, height: 100, angle: 0, lines };
  const reading: Reading = { provider: 'test', profile: 'balanced', confidence: 1, ms: 0, pages: [page] };

  assert.equal(headerName(layoutOf(reading))?.name, 'VINOS EJEMPLO S.L.');
});
