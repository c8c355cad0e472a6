import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { createReader } from '../../../src/pipeline/read/reader.ts';
import { aCodePicture, withCode } from '../../support/code-picture.ts';
import { drawReceipt } from './drawn-receipt.ts';
import { writePdf } from './written-pdf.ts';

const silent = { info: () => undefined, warn: () => undefined };
const reader = await createReader({ backends: [], workers: 1, log: silent });
after(() => reader.close());
const code =
  'https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx?id=5cc0c06e-5e2d-4f8a-8c3e-6f1a2b3c4d5e&tt=1';

test('a photo is prepared for a recogniser elsewhere: upright, with its codes, unread', async () => {
  const photo = await withCode(drawReceipt(), await aCodePicture(code, { moduleSize: 4 }), { left: 380, top: 560 });
  const turned = await sharp(photo).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer();

  const { reading, pages } = await reader.prepare({ bytes: turned, mime: 'image/jpeg', profile: 'balanced' });

  const [page] = pages;
  const { format, width, height } = await sharp(page?.jpeg).metadata();
  assert.deepEqual([format, width, height], ['jpeg', 700, 900]);
  assert.deepEqual([page?.number, page?.width, page?.height], [1, 700, 900]);
  assert.deepEqual([reading.provider, reading.pages[0]?.lines, reading.codes?.[0]?.text], ['', [], code]);
});

test('of a PDF only the pages without text of their own are to be recognised', async () => {
  const jpeg = { bytes: await sharp(drawReceipt()).jpeg().toBuffer(), width: 700, height: 900 };
  const pdf = writePdf([{ lines: ['FERRETERIA EL TORNILLO', 'TOTAL 492.40 GRACIAS POR SU COMPRA'] }, { jpeg }]);

  const { reading, pages } = await reader.prepare({ bytes: pdf, mime: 'application/pdf', profile: 'balanced' });

  assert.deepEqual(
    [reading.provider, pages.map(({ number }) => number), reading.pages.map(({ lines }) => lines.length > 0)],
    ['text-layer', [2], [true, false]],
  );
});
