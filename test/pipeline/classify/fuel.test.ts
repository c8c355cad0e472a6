import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitsFuel, fuelSigns } from '../../../src/pipeline/classify/fuel.ts';
import { layoutOf } from '../../../src/pipeline/extract/layout.ts';
import { readingFromText } from '../../../src/pipeline/extract/reading-from-text.ts';

const signsOf = (text: string) => fuelSigns(layoutOf(readingFromText(text)));

test("a station's permit is read in its usual form, through what OCR makes of its slashes", () => {
  assert.equal(signsOf('PERMISO CRE: PL/1234/EXP/ES/2015').permit, 'PL/1234/EXP/ES/2015');
  assert.equal(signsOf('PERMISO PL I 10203 I EXP I ES I 2018').permit, 'PL/10203/EXP/ES/2018');
  assert.equal(signsOf('PL/12/EXP/ES/2015').permit, null);
});

test('litres of milk make no filling station', () => {
  assert.equal(signsOf('SORIANA\nLECHE LALA 1 LTS 28.50\nAGUA 5 LITROS\nTOTAL 50.00').sellsFuel, false);
  assert.equal(signsOf('ESTACION 1234\nMAGNA 20.00 LITROS\nTOTAL 480.00').sellsFuel, true);
});

test('where a permit is printed only stations, and clubs with pumps, come into question', () => {
  const signs = signsOf('PL/1234/EXP/ES/2015\nMAGNA');

  assert.equal(fitsFuel(signs, 'gas_station'), true);
  assert.equal(fitsFuel(signs, 'wholesale'), true);
  assert.equal(fitsFuel(signs, 'supermarket'), false);
  assert.equal(fitsFuel(signs, 'convenience'), false);
});
