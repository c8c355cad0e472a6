import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import type { FailureCode } from '../../src/domain/failure.ts';
import { readingText } from '../../src/domain/reading.ts';
import { readEInvoice } from '../../src/pipeline/einvoice/read-e-invoice.ts';
import { identifyFile } from '../../src/pipeline/read/identify-file.ts';
import { createReader } from '../../src/pipeline/read/reader.ts';
import { loadUnderstanding } from '../../src/pipeline/understanding.ts';
import { aCodePicture, withCode } from '../support/code-picture.ts';
import { aCfdi, aUblInvoice } from '../support/e-invoices.ts';
import { aLocalServer } from '../support/local-server.ts';
import { zipOf } from '../support/zip.ts';
import { drawReceipt } from './read/drawn-receipt.ts';
import { writePdf } from './read/written-pdf.ts';

const silent = { info: () => undefined, warn: () => undefined };
const reader = await createReader({ backends: ['paddle'], workers: 1, log: silent });
after(() => reader.close());
const understanding = await loadUnderstanding(new URL('../../config', import.meta.url).pathname);

const asksFor = (code: FailureCode) => ({ code, recovery: 'ask' });

/** Identified as every document is, then parsed as an e-invoice. */
async function parsed(text: string | Uint8Array) {
  const bytes = Buffer.from(text);
  const { mime } = await identifyFile(bytes, 'sent');
  return readEInvoice(bytes, mime);
}

async function understood(bytes: Uint8Array) {
  const { mime } = await identifyFile(bytes, 'sent');
  const reading = await reader.read({ bytes, mime, profile: 'balanced' });
  const classification = understanding.classify(reading);
  return { reading, classification, ...understanding.extract(reading, classification, '2030-01-01') };
}

test('billion laughs is refused before anything is expanded', async () => {
  const levels = Array.from({ length: 10 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">${levels}]><Comprobante Version="4.0">&l10;</Comprobante>`;

  await assert.rejects(parsed(bomb), asksFor('unsupported-type'));
  await assert.rejects(readEInvoice(Buffer.from(bomb), 'application/xml'), asksFor('unsupported-type'));
});

test('an external entity is refused, and its address not asked', async (t) => {
  const { url, asked } = await aLocalServer(t, () => ({ body: 'x' }));
  const evil = `<!DOCTYPE x [<!ENTITY x SYSTEM "${url}/secret">]><Comprobante Version="4.0">&x;</Comprobante>`;

  await assert.rejects(readEInvoice(Buffer.from(evil), 'application/xml'), asksFor('unsupported-type'));

  assert.deepEqual(asked, []);
});

test('an XML of 50 MB is refused by its size', async () => {
  const huge = Buffer.from(`<cfdi:Comprobante Version="4.0">${'x'.repeat(50 * 1024 * 1024)}</cfdi:Comprobante>`);

  await assert.rejects(identifyFile(huge, 'huge.xml'), asksFor('too-large'));
  await assert.rejects(readEInvoice(huge, 'application/xml'), asksFor('too-large'));
});

test('a ZIP bomb is refused by what it says, and one that lies by what it does', async () => {
  const bomb = zipOf({ name: 'a.xml', bytes: Buffer.alloc(40 * 1024 * 1024, ' ') });
  const lying = Buffer.from(zipOf({ name: 'a.xml', bytes: Buffer.alloc(4 * 1024 * 1024, ' ') }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(4 * 1024 * 1024);
  for (let at = lying.indexOf(size); at >= 0; at = lying.indexOf(size, at + 4)) lying.writeUInt32LE(500, at);

  await assert.rejects(parsed(bomb), asksFor('too-large'));
  await assert.rejects(parsed(lying), asksFor('damaged-file'));
  assert.ok(deflateRawSync(Buffer.alloc(40 * 1024 * 1024, ' ')).byteLength < 50_000);
});

test('a QR that points to another host is evidence only, and its address not asked', async (t) => {
  const { url, asked } = await aLocalServer(t, () => ({ body: 'x' }));
  const text = `${url}/default.aspx?id=5cc0c06e-5e2d-4f8a-8c3e-6f1a2b3c4d5e&re=CCO8605231N4&rr=XAXX010101000&tt=1.00`;
  const photo = await withCode(drawReceipt(), await aCodePicture(text, { moduleSize: 4 }), { left: 420, top: 560 });

  const { reading, fields } = await understood(photo);

  assert.deepEqual(
    reading.codes?.map((code) => code.text),
    [text],
  );
  assert.notEqual(fields.total?.value, '1.00');
  assert.ok(Object.values(fields).every(({ source }) => !source.startsWith('qr/')));
  assert.deepEqual(asked, []);
});

test('a CFDI with a false seal is read and said to be false', async () => {
  const { seal, total } = await parsed(aCfdi().replace('EN GENERAL', 'GENERAL'));

  assert.deepEqual([seal.valid, seal.reason, total], [false, 'signature-mismatch', '116.00']);
});

test('a UBL signed by nobody is read and said to be unsigned', async () => {
  const { seal } = await parsed(aUblInvoice());

  assert.deepEqual(seal, { valid: false, reason: 'not-signed' });
});

test('a PDF with JavaScript is read as paper', async (t) => {
  const { url, asked } = await aLocalServer(t, () => ({ body: 'x' }));
  const lines = ['FERRETERIA EL TORNILLO', 'FECHA 19/03/2025', 'TOTAL $ 492.40', 'GRACIAS POR SU COMPRA'];
  const pdf = writePdf([{ lines }], { openAction: `app.launchURL("${url}")` });

  const { reading, fields } = await understood(pdf);

  assert.match(readingText(reading), /FERRETERIA EL TORNILLO/);
  assert.deepEqual([fields.total?.value, asked], ['492.40', []]);
});

test('the picture of a cat is no receipt', async () => {
  const canvas = createCanvas(600, 600);
  const paint = canvas.getContext('2d');
  paint.fillStyle = '#7a9';
  paint.fillRect(0, 0, 600, 600);
  paint.fillStyle = '#642';
  for (const [x, y, size] of [
    [300, 340, 160],
    [190, 190, 60],
    [410, 190, 60],
  ] as const) {
    paint.beginPath();
    paint.arc(x, y, size, 0, 2 * Math.PI);
    paint.fill();
  }

  const { classification, reasons, fields } = await understood(canvas.toBuffer('image/png'));

  assert.deepEqual([classification.kind, reasons, fields], ['other', ['no_text'], {}]);
});
