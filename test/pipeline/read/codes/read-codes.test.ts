import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { createCodeReader } from '../../../../src/pipeline/read/codes/read-codes.ts';
import { openSource } from '../../../../src/pipeline/read/open-source.ts';
import { aCodePicture, type CodeLook, withCode } from '../../../support/code-picture.ts';
import { drawReceipt } from '../drawn-receipt.ts';

const readCodes = createCodeReader();
const cfdi =
  'https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx?id=5cc0c06e-5e2d-4f8a-8c3e-6f1a2b3c4d5e&re=CCO8605231N4&rr=XAXX010101000&tt=1234.560000&fe=abcdefgh';

async function codesOn(page: Buffer, { angle = 0, isExpected = false } = {}) {
  const source = await openSource(page, 'image/png');
  const found = await source.page(0);
  assert.ok(found.kind === 'image');
  return readCodes({ image: found.image, page: 1, angle, isExpected });
}

async function photo(text: string, look: CodeLook): Promise<Buffer> {
  const page = await sharp(drawReceipt()).resize(1400).toBuffer();
  return withCode(page, await aCodePicture(text, look), { left: 500, top: 900 });
}

const looks: readonly [name: string, text: string, look: CodeLook][] = [
  ['a QR', cfdi, {}],
  ['a small QR', cfdi, { moduleSize: 3 }],
  ['a tilted QR', cfdi, { degrees: 8 }],
  ['a QR on its corner', cfdi, { degrees: 45 }],
  ['a QR upside down', cfdi, { degrees: 180 }],
  ['a pale QR', cfdi, { contrast: 0.3 }],
  ["a ticket's bar code of 35 digits", '10021905202632000081728100022008834', { format: 'Code128', moduleSize: 2 }],
  [
    "Chile's PDF417",
    '<TED version="1.0"><DD><RE>97975000-5</RE><TD>33</TD></DD></TED>',
    { format: 'PDF417', moduleSize: 3 },
  ],
];

for (const [name, text, look] of looks) {
  test(`a code on a page is read: ${name}`, async () => {
    const codes = await codesOn(await photo(text, look));

    assert.deepEqual(
      codes.map((code) => code.text),
      [text],
    );
  });
}

test('a code is told with its place in pixels of the page', async () => {
  const [code] = await codesOn(await photo(cfdi, { moduleSize: 5 }));

  const [[x, y]] = code?.quad ?? [[0, 0]];
  assert.ok(x > 500 && x < 620 && y > 900 && y < 1020, `${x} ${y}`);
});

test('tilted stripes are read along the text where the page should have a code', async () => {
  const stamp = await photo('12345678901234567890', { format: 'PDF417', moduleSize: 4, degrees: 9 });

  const [quick, thorough] = [await codesOn(stamp, { angle: 9 }), await codesOn(stamp, { angle: 9, isExpected: true })];

  assert.deepEqual([quick.length, thorough.map(({ text }) => text)], [0, ['12345678901234567890']]);
});

test('a page of text alone has no codes', async () => {
  assert.deepEqual(await codesOn(drawReceipt(), { isExpected: true }), []);
});
