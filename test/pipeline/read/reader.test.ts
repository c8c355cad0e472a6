import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { Failure, type FailureCode } from '../../../src/domain/failure.ts';
import { type Page, pageText, type Reading } from '../../../src/domain/reading.ts';
import { identifyFile } from '../../../src/pipeline/read/identify-file.ts';
import { createReader } from '../../../src/pipeline/read/reader.ts';
import { pngClaiming, writeBmp } from './broken-files.ts';
import { drawReceipt, receiptLines, receiptSize, startOfLine } from './drawn-receipt.ts';
import { writePdf } from './written-pdf.ts';

const silent = { info: () => undefined, warn: () => undefined };
const reader = await createReader({ backends: ['paddle'], workers: 1, log: silent });
after(() => reader.close());

const receipt = drawReceipt();
const totalIndex = receiptLines.indexOf('TOTAL 492.40');

async function read(bytes: Uint8Array): Promise<Reading> {
  const { mime } = await identifyFile(bytes, 'test');
  return reader.read({ bytes, mime, profile: 'balanced' });
}

/** PP-OCR drops blanks of proportional fonts: compared without. */
const squeeze = (text: string) => text.replaceAll(' ', '');

function assertReceipt(page: Page | undefined): void {
  assert.equal(squeeze(page ? pageText(page) : ''), squeeze(receiptLines.join('\n')));
}

const failsWith = (code: FailureCode) => (error: unknown) => error instanceof Failure && error.code === code;

test('a receipt is read line by line, with its engine, confidence and size', async () => {
  const reading = await read(receipt);

  assertReceipt(reading.pages[0]);
  assert.equal(reading.provider, 'paddle');
  assert.equal(reading.profile, 'balanced');
  assert.ok(reading.confidence > 0.9 && reading.confidence <= 1);
  assert.ok(reading.ms > 0);
  const { number, width, height } = reading.pages[0] ?? {};
  assert.deepEqual({ number, width, height }, { number: 1, ...receiptSize });
});

test('every format gives the same text', async () => {
  const { data, info } = await sharp(receipt).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const rows = Array.from({ length: info.height }, (_, y) =>
    Array.from({ length: info.width }, (_, x) => {
      const index = (y * info.width + x) * 3;
      return [data[index] ?? 0, data[index + 1] ?? 0, data[index + 2] ?? 0] as const;
    }),
  );
  const files = [
    await sharp(receipt).jpeg().toBuffer(),
    await sharp(receipt).png({ palette: true }).toBuffer(),
    await sharp(receipt).toColourspace('rgb16').png().toBuffer(),
    await sharp(receipt).webp().toBuffer(),
    await sharp(receipt).gif().toBuffer(),
    await sharp(receipt).tiff().toBuffer(),
    await sharp(receipt).avif({ effort: 0 }).toBuffer(),
    await sharp(receipt).toColourspace('cmyk').jpeg().toBuffer(),
    writeBmp(rows),
    await readFile(new URL('../../fixtures/read/live-photo.heic', import.meta.url)),
  ];

  for (const file of files) {
    const { pages } = await read(file);

    assert.equal(pages.length, 1);
    assertReceipt(pages[0]);
  }
});

for (const degrees of [90, 180, 270, 35, -20]) {
  test(`a photo turned by ${degrees}° is read in order, each word in its place`, async () => {
    const { data, info } = await sharp(receipt)
      .rotate(degrees, { background: '#fff' })
      .png()
      .toBuffer({ resolveWithObject: true });

    const [page] = (await read(data)).pages;

    assertReceipt(page);
    const expectedAngle = degrees > 180 ? degrees - 360 : degrees;
    const difference = Math.abs((page?.angle ?? 0) - expectedAngle);
    assert.ok(Math.min(difference, 360 - difference) < 2, `angle ${page?.angle}`);
    const [x, y] = startOfTotal(page);
    const place = turned(startOfLine(totalIndex), degrees, info);
    assert.ok(Math.hypot(x - place.x, y - place.y) < 20, `${x}, ${y} instead of ${place.x}, ${place.y}`);
  });
}

/** Middle of the left edge of the word that begins the total's line. */
function startOfTotal(page: Page | undefined): [number, number] {
  const line = page?.lines.find(({ text }) => squeeze(text).startsWith('TOTAL'));
  const [[ax, ay] = [0, 0], , , [bx, by] = [0, 0]] = line?.words[0]?.quad ?? [];
  return [(ax + bx) / 2, (ay + by) / 2];
}

function turned(point: { x: number; y: number }, degrees: number, size: { width: number; height: number }) {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [x, y] = [point.x - receiptSize.width / 2, point.y - receiptSize.height / 2];
  return { x: size.width / 2 + x * cos - y * sin, y: size.height / 2 + x * sin + y * cos };
}

test('coordinates are those of the photo as a person sees it: turned by EXIF, at its full size', async () => {
  const sideways = await sharp(receipt)
    .rotate(-90)
    .resize({ width: receiptSize.height * 3 })
    .toBuffer();
  const photo = await sharp(sideways).withMetadata({ orientation: 6 }).jpeg().toBuffer();

  const [page] = (await read(photo)).pages;

  assertReceipt(page);
  assert.deepEqual([page?.width, page?.height], [receiptSize.width * 3, receiptSize.height * 3]);
  const [x, y] = startOfTotal(page);
  const place = startOfLine(totalIndex);
  assert.ok(Math.hypot(x - place.x * 3, y - place.y * 3) < 40, `${x}, ${y}`);
});

test('what is transparent counts as white', async () => {
  const transparent = await sharp(receipt).unflatten().png().toBuffer();

  assertReceipt((await read(transparent)).pages[0]);
});

test('of an animation the first picture is read', async () => {
  const frames = [receipt, drawReceipt(['OTRO CUADRO'])];
  const animation = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();

  const { pages } = await read(animation);

  assert.equal(pages.length, 1);
  assertReceipt(pages[0]);
});

test('all pages of a TIFF are read, with progress', async () => {
  const pictures = [receipt, drawReceipt(['PAGINA SEGUNDA', 'TOTAL 10.00'])];
  const bytes = await sharp(pictures, { join: { animated: true } })
    .tiff()
    .toBuffer();
  const progress: string[] = [];

  const { pages } = await reader.read({
    bytes,
    mime: 'image/tiff',
    profile: 'ultra_rapido',
    onProgress: (done, all) => progress.push(`${done}/${all}`),
  });

  assertReceipt(pages[0]);
  assert.equal(pages[1]?.number, 2);
  assert.equal(squeeze(pages[1] ? pageText(pages[1]) : ''), 'PAGINASEGUNDA\nTOTAL10.00');
  assert.deepEqual(progress, ['0/2', '1/2', '2/2']);
});

test('a picture without text is a reading without lines', async () => {
  const blank = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#888' } })
    .png()
    .toBuffer();

  const reading = await read(blank);

  assert.deepEqual(reading.pages[0]?.lines, []);
  assert.equal(reading.confidence, 0);
});

test('a receipt as long as five is still read to its end', async () => {
  const strip = await sharp(Array(5).fill(receipt), { join: { across: 1 } })
    .png()
    .toBuffer();

  const [page] = (await read(strip)).pages;

  const five = Array(5)
    .fill(squeeze(receiptLines.join('\n')))
    .join('\n');
  assert.equal(squeeze(page ? pageText(page) : ''), five);
});

test('a scanned PDF is read as a picture of the page at 200 dpi', async () => {
  const jpeg = { bytes: await sharp(receipt).removeAlpha().jpeg().toBuffer(), ...receiptSize };

  const reading = await read(writePdf([{ jpeg }]));

  assertReceipt(reading.pages[0]);
  assert.equal(reading.provider, 'paddle');
  assert.deepEqual([reading.pages[0]?.width, reading.pages[0]?.height], [700, 900]);
});

test('a mixed PDF is read page by page, and says by whom', async () => {
  const jpeg = { bytes: await sharp(receipt).removeAlpha().jpeg().toBuffer(), ...receiptSize };
  const written = ['FACTURA ELECTRONICA FOLIO 7781', 'TOTAL A PAGAR 1,250.00'];

  const reading = await read(writePdf([{ lines: written }, { jpeg }]));

  assert.equal(reading.provider, 'text-layer+paddle');
  assert.deepEqual(reading.pages.map(pageText)[0], written.join('\n'));
  assertReceipt(reading.pages[1]);
});

test('each file that cannot be read is refused with its reason, and the reader goes on', async () => {
  const photo = await sharp(receipt).jpeg().toBuffer();
  const bad: [FailureCode, string, Uint8Array][] = [
    ['damaged-file', 'image/jpeg', photo.subarray(0, photo.length * 0.6)],
    ['damaged-file', 'image/png', receipt.subarray(0, receipt.length * 0.6)],
    ['damaged-file', 'image/png', Buffer.from('\u0089PNG\r\n\u001a\n and nothing', 'latin1')],
    ['damaged-file', 'image/heic', Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1')],
    ['damaged-file', 'image/bmp', writeBmp([[[0, 0, 0]]]).subarray(0, 30)],
    ['damaged-file', 'application/pdf', Buffer.from('%PDF-1.7 and nothing')],
    ['image-too-large', 'image/png', pngClaiming(10_000, 10_000)],
    ['encrypted-pdf', 'application/pdf', writePdf([{ lines: ['SECRETO'] }], { encrypted: true })],
    ['too-many-pages', 'application/pdf', writePdf(Array.from({ length: 200 }, () => ({ lines: ['PAGINA'] })))],
    ['unsupported-type', 'text/plain', Buffer.from('text')],
  ];

  for (const [code, mime, bytes] of bad) {
    await assert.rejects(reader.read({ bytes, mime, profile: 'balanced' }), failsWith(code), `${mime} → ${code}`);
  }
  assertReceipt((await read(receipt)).pages[0]);
});
