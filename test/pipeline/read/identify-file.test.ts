import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { Failure } from '../../../src/domain/failure.ts';
import { holdsEInvoice } from '../../../src/pipeline/einvoice/read-e-invoice.ts';
import { identifyFile, maxFileBytes } from '../../../src/pipeline/read/identify-file.ts';
import { openers } from '../../../src/pipeline/read/open-source.ts';
import { zipOf } from '../../support/zip.ts';
import { writeBmp } from './broken-files.ts';
import { writePdf } from './written-pdf.ts';

const dot = () => sharp({ create: { width: 4, height: 4, channels: 3, background: '#fff' } });
const asksFor = (code: string) => (error: unknown) =>
  error instanceof Failure && error.code === code && error.recovery === 'ask';

test('a file is what its content says, whatever its name', async () => {
  const expected = new Map<string, Uint8Array>([
    ['image/png', await dot().png().toBuffer()],
    ['image/jpeg', await dot().jpeg().toBuffer()],
    ['image/gif', await dot().gif().toBuffer()],
    ['image/bmp', writeBmp([[[255, 255, 255]]])],
    ['image/tiff', await dot().tiff().toBuffer()],
    ['image/webp', await dot().webp().toBuffer()],
    ['image/avif', await dot().avif().toBuffer()],
    ['image/heic', await readFile(new URL('../../fixtures/read/live-photo.heic', import.meta.url))],
    ['application/pdf', writePdf([{ lines: ['TOTAL 1.00'] }])],
  ]);

  for (const [mime, bytes] of expected) {
    const type = await identifyFile(bytes, 'report.docx');

    assert.equal(type.mime, mime);
    assert.equal(type.kind, mime === 'application/pdf' ? 'pdf' : 'image');
    assert.ok(openers.has(type.mime), `${mime} can be opened`);
  }
});

test('an empty file is refused', async () => {
  await assert.rejects(identifyFile(new Uint8Array(0), 'photo.jpg'), asksFor('empty-file'));
});

test('16 MB are taken and one byte more is refused', async () => {
  const bytes = Buffer.alloc(maxFileBytes + 1);
  bytes.set(await dot().png().toBuffer());

  const type = await identifyFile(bytes.subarray(0, maxFileBytes), 'photo.png');

  assert.equal(type.mime, 'image/png');
  await assert.rejects(identifyFile(bytes, 'photo.png'), asksFor('too-large'));
});

test('a text, a program or noise with the name of a photo is refused', async () => {
  const disguised = [
    'Dear Sir, find my receipt attached.',
    'MZ\u0090\u0000\u0003',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '\u0001',
  ];

  for (const text of disguised) {
    await assert.rejects(identifyFile(Buffer.from(text, 'latin1'), 'receipt.jpg'), asksFor('unsupported-type'));
  }
});

test('an e-invoice is known by the root of its XML, whatever stands before', async () => {
  const roots = [
    '<Invoice/>',
    '<cfdi:Comprobante/>',
    '<r:Retenciones a="1"/>',
    '<AttachedDocument\n/>',
    '<s:Envelope>',
    `<Invoice a="${' '.repeat(99_999)}"/>`,
  ];
  const heads = ['', '\ufeff', '<?xml version="1.0"?>\n', ' <!-- a <b> -->\n<?x y?><!---->'];

  for (const xml of heads.flatMap((head) => roots.map((root) => head + root))) {
    const type = await identifyFile(Buffer.from(xml), 'foto.jpg');

    assert.deepEqual([type.mime, type.kind], ['application/xml', 'e-invoice']);
    assert.ok(holdsEInvoice(type.mime));
  }
});

test('an archive may hold an e-invoice', async () => {
  const types = await Promise.all([
    identifyFile(zipOf({ name: 'a.xml', bytes: Buffer.from('<Invoice/>') }), 'factura'),
    identifyFile(gzipSync('<Invoice/>'), 'factura'),
  ]);

  assert.deepEqual(
    types.map(({ mime }) => mime),
    ['application/zip', 'application/gzip'],
  );
  assert.ok(types.every(({ mime }) => holdsEInvoice(mime)));
});

test('HTML, a picture in XML, other XML and XML with its own entities are no e-invoices', async () => {
  const others = [
    '<!DOCTYPE html><html></html>',
    '<html><Invoice/></html>',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<?xml version="1.0"?><rss/>',
    '<!DOCTYPE Invoice [<!ENTITY a "b">]><Invoice/>',
    '<!-- <Invoice/>',
    '<',
  ];

  for (const text of others) {
    await assert.rejects(identifyFile(Buffer.from(text), 'factura.xml'), asksFor('unsupported-type'));
  }
});
