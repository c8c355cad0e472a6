import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinFragments } from '../../../../src/pipeline/read/pdf/join-fragments.ts';
import { openPdf } from '../../../../src/pipeline/read/pdf/pdf.ts';
import { isMeaningful } from '../../../../src/pipeline/read/pdf/text-layer.ts';
import { uprightQuad } from '../../../../src/pipeline/read/quad.ts';
import type { SourcePage } from '../../../../src/pipeline/read/source.ts';
import { type PdfPage, writePdf } from '../written-pdf.ts';

const invoice = ['COMERCIAL DEL NORTE SA DE CV', 'FOLIO 7781 FECHA 2025-03-19', 'TOTAL 1,250.00 MXN'];

async function firstPage(page: PdfPage): Promise<SourcePage> {
  const source = await openPdf(writePdf([page]));
  try {
    return await source.page(0);
  } finally {
    await source.close();
  }
}

const fragment = (text: string, left: number, right: number, top = 0) => ({
  text,
  quad: uprightQuad(left, top, right, top + 10),
});

test('the text a PDF carries comes with certainty and each word in its place at 200 dpi', async () => {
  const page = await firstPage({ lines: invoice });

  assert.ok(page.kind === 'text');
  assert.deepEqual([page.width, page.height], [700, 900]);
  assert.deepEqual(
    page.lines.map(({ text }) => text),
    invoice,
  );
  const [first, second] = page.lines[2]?.words ?? [];
  assert.deepEqual([first?.text, second?.text, first?.confidence], ['TOTAL', '1,250.00', 1]);
  // 20 pt from the left and 74 pt from the top, in pixels of 200 dpi; "TOTAL " is 43 pt wide.
  const [[left], , [, bottom]] = first?.quad ?? uprightQuad(0, 0, 0, 0);
  assert.ok(Math.abs(left - 55.6) < 1 && Math.abs(bottom - 212) < 8, `${left}, ${bottom}`);
  assert.ok(Math.abs((second?.quad[0][0] ?? 0) - 175) < 15);
});

test('a turned page is read as a person sees it', async () => {
  const page = await firstPage({ lines: invoice, rotate: 90 });

  assert.ok(page.kind === 'text');
  assert.deepEqual([page.width, page.height], [900, 700]);
  const [[ax, ay], [bx, by]] = page.lines[0]?.quad ?? uprightQuad(0, 0, 0, 0);
  assert.ok(Math.abs(ax - bx) < 1 && by > ay);
});

test('a page with no more than a scanner’s mark is a picture', async () => {
  assert.equal((await firstPage({ lines: ['Scanned by CamScanner'] })).kind, 'image');
});

test('paper of ten metres is drawn at the size that is read', async () => {
  const page = await firstPage({ width: 28_346, height: 28_346 });

  assert.ok(page.kind === 'image');
  assert.deepEqual([page.image.raster.width, page.image.raster.height], [2000, 2000]);
  assert.equal(page.image.width, 78_739);
});

test('what a PDF would run when opened is not run', async () => {
  const bytes = writePdf([{ lines: invoice }], { openAction: 'globalThis.opened = true' });

  const source = await openPdf(bytes);
  await source.page(0);
  await source.close();

  assert.equal('opened' in globalThis, false);
});

test('text in a font without a table of characters is no text layer', () => {
  const long = 'TOTAL A PAGAR 1250.00 EN EFECTIVO, GRACIAS';

  assert.equal(isMeaningful(long), true);
  assert.equal(isMeaningful(long.replaceAll(/[A-G]/g, '\ue012')), false);
  assert.equal(isMeaningful('·'.repeat(500)), false);
});

test('pieces in any order become words and lines by the gaps between them', () => {
  const pieces = [
    fragment('492.40', 300, 340),
    fragment('TO', 0, 12),
    fragment('TAL', 12.5, 30),
    fragment('NETO', 34, 60),
  ];

  const lines = joinFragments(pieces);

  assert.deepEqual(
    lines.map(({ text }) => text),
    ['TOTAL NETO', '492.40'],
  );
  assert.deepEqual(lines[0]?.quad, uprightQuad(0, 0, 60, 10));
});
