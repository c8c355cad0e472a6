import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Failure } from '../../../src/domain/failure.ts';
import { holdsEInvoice, readEInvoice, readEInvoices } from '../../../src/pipeline/einvoice/read-e-invoice.ts';
import { aCfdi, anAttachedDocument, aUblInvoice, escapeXml, stampCertificate } from '../../support/e-invoices.ts';
import { zipOf } from '../../support/zip.ts';

const asksFor = (code: string) => (error: unknown) =>
  error instanceof Failure && error.code === code && error.recovery === 'ask';
const file = (name: string, text: string) => ({ name, bytes: Buffer.from(text) });
const cfdi = file('factura.xml', aCfdi());
const mebibyte = 1024 * 1024;

test('an XML, a gzip and a ZIP with a PDF beside give the same invoice', async () => {
  const files = new Map<string, Uint8Array>([
    ['application/xml', cfdi.bytes],
    ['application/gzip', gzipSync(cfdi.bytes)],
    ['application/zip', zipOf(file('factura.pdf', '%PDF-1.4'), cfdi)],
  ]);

  for (const [mime, bytes] of files) {
    assert.equal((await readEInvoice(bytes, mime)).uuid, '5A1B2C3D-0000-4000-8000-00000000ABCD');
    assert.ok(holdsEInvoice(mime));
  }
  assert.equal(holdsEInvoice('application/pdf'), false);
});

test('a ZIP in a ZIP is opened, one in that is not', async () => {
  const inner = { name: 'a.zip', bytes: zipOf(cfdi) };
  const nested = zipOf(inner);
  const deeper = zipOf({ name: 'b.ZIP', bytes: nested });

  assert.equal((await readEInvoice(nested, 'application/zip')).total, '116.00');
  await assert.rejects(readEInvoice(deeper, 'application/zip'), asksFor('unsupported-type'));
});

test("the SAT's certificate in the ZIP proves the stamp", async () => {
  const zip = zipOf(cfdi, { name: '00001000000500008888.cer', bytes: stampCertificate.raw }, file('x.cer', 'none'));

  assert.deepEqual((await readEInvoice(zip, 'application/zip')).seal, { valid: true, reason: null });
});

test('an invoice beside its AttachedDocument and an answer of the DIAN is one invoice', async () => {
  const attached = file('ad.xml', anAttachedDocument(escapeXml(aUblInvoice())));
  const zip = zipOf(attached, file('fv.xml', aUblInvoice()), file('ar.xml', '<ApplicationResponse/>'));

  assert.equal((await readEInvoice(zip, 'application/zip')).uuid, 'abc123');
});

test('several invoices in one ZIP are told apart, each with its own bytes', async () => {
  const other = file('b.xml', aUblInvoice());

  const found = await readEInvoices(zipOf(cfdi, other), 'application/zip');

  assert.deepEqual(
    found.map(({ name, bytes }) => [name, Buffer.from(bytes).equals(name === 'b.xml' ? other.bytes : cfdi.bytes)]),
    [
      ['factura.xml', true],
      ['b.xml', true],
    ],
  );
});

test('more than a hundred invoices in one ZIP are asked for in parts', async () => {
  const many = Array.from({ length: 101 }, (_, n) =>
    file(`${n}.xml`, aCfdi().replace('5A1B2C3D-0000', `5A1B2C3D-${String(n).padStart(4, '0')}`)),
  );

  await assert.rejects(readEInvoices(zipOf(...many), 'application/zip'), asksFor('several-invoices'));
});

test('a ZIP without an invoice is refused', async () => {
  await assert.rejects(readEInvoice(zipOf(file('foto.jpg', 'x')), 'application/zip'), asksFor('unsupported-type'));
});

test('a damaged invoice in a ZIP, a cut ZIP and a cut gzip are damaged', async () => {
  const zip = zipOf(cfdi);

  await assert.rejects(readEInvoice(zipOf(file('a.xml', '<Comprobante>')), 'application/zip'), asksFor('damaged-file'));
  await assert.rejects(readEInvoice(zip.subarray(0, zip.length - 30), 'application/zip'), asksFor('damaged-file'));
  await assert.rejects(readEInvoice(gzipSync(cfdi.bytes).subarray(0, 90), 'application/gzip'), asksFor('damaged-file'));
});

const blank = (bytes: number) => Buffer.alloc(bytes, ' ');
const bombs: readonly [what: string, mime: string, bytes: () => Uint8Array, code: string][] = [
  ['a gzip of 50 MB', 'application/gzip', () => gzipSync(blank(50 * mebibyte)), 'too-large'],
  ['a ZIP of 50 MB', 'application/zip', () => zipOf({ name: 'a.xml', bytes: blank(50 * mebibyte) }), 'too-large'],
  [
    'a ZIP that packs a thousandfold',
    'application/zip',
    () => zipOf({ name: 'a.xml', bytes: blank(4 * mebibyte) }),
    'too-large',
  ],
  [
    'a ZIP that claims to be small',
    'application/zip',
    () => zipOf({ name: 'a.xml', bytes: blank(50 * mebibyte), claimedBytes: 1000 }),
    'damaged-file',
  ],
  [
    'a ZIP of more files than it may have',
    'application/zip',
    () => zipOf(...Array.from({ length: 501 }, (_, index) => file(`${index}.txt`, ''))),
    'too-large',
  ],
  ['a ZIP of ZIPs that unpack to much', 'application/zip', () => zipOf(...manyZips()), 'too-large'],
  ['a name that leads outside', 'application/zip', () => zipOf(file('../../a.xml', aCfdi())), 'damaged-file'],
];
for (const [what, mime, bytes, code] of bombs) {
  test(`${what} is refused as ${code}`, async () => {
    await assert.rejects(readEInvoice(bytes(), mime), asksFor(code));
  });
}

/** Ten archives, none of which is too large by itself, with 40 MB in all. */
function manyZips() {
  const line = Buffer.from(
    Array.from({ length: 20_000 }, (_, index) => `<a b="${(index * 7919) % 20_011}"/>`).join(''),
  );
  const content = Buffer.concat(Array.from({ length: 12 }, () => line));
  return Array.from({ length: 10 }, (_, index) => ({
    name: `${index}.zip`,
    bytes: zipOf({ name: 'a.xml', bytes: content }),
  }));
}
