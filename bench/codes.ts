import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { createCodeDecoder } from '../src/pipeline/read/codes/decode-codes.ts';
import { createCodeReader } from '../src/pipeline/read/codes/read-codes.ts';
import { openSource } from '../src/pipeline/read/open-source.ts';
import { aCodePicture, withCode } from '../test/support/code-picture.ts';

/**
 * What looking for QR and bar codes costs a page, and how many are found, beside zxing over the whole page at the same size:
 * `node bench/codes.ts`, over the photos of ../shared/data/receipts as they are, and with a CFDI's QR laid on them small, tilted and pale.
 */
const folder = join(import.meta.dirname, '../../shared/data/receipts/img');
const cfdi =
  'https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx?id=5cc0c06e-5e2d-4f8a-8c3e-6f1a2b3c4d5e&re=CCO8605231N4&rr=XAXX010101000&tt=1234.560000&fe=abcdefgh';
const looks = [
  { moduleSize: 2.5 },
  { moduleSize: 3, degrees: 12 },
  { moduleSize: 4, contrast: 0.3 },
  { moduleSize: 7, degrees: 45 },
];

type Tally = { pages: number; codes: number; cpuMs: number };

if (existsSync(folder)) await measure();
else console.error('SKIPPED: ../shared/data/receipts is not here; nothing was measured');

async function measure(): Promise<void> {
  sharp.concurrency(1);
  const photos = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  const marked: Buffer[] = [];
  for (const [index, photo] of photos.entries()) {
    const page = await sharp(photo).autoOrient().resize({ width: 1500, height: 2000, fit: 'cover' }).png().toBuffer();
    marked.push(await withCode(page, await aCodePicture(cfdi, looks[index % looks.length]), { left: 300, top: 700 }));
  }
  const table = { plain: await compare(photos), withQr: await compare(marked) };
  console.table(table.plain);
  console.table(table.withQr);
  console.log(JSON.stringify(table));
}

async function compare(pages: readonly Buffer[]) {
  const read = createCodeReader();
  const decode = await createCodeDecoder();
  const ours: Tally = { pages: 0, codes: 0, cpuMs: 0 };
  const expected: Tally = { ...ours };
  const whole: Tally = { ...ours };
  for (const bytes of pages) {
    const source = await openSource(bytes, bytes[0] === 0x89 ? 'image/png' : 'image/jpeg');
    const page = await source.page(0);
    if (page.kind !== 'image') continue;
    const { image } = page;
    const { data, width, height } = image.raster;
    const grey = { data: data.filter((_, index) => index % 3 === 1), width, height };
    await counted(ours, () => read({ image, page: 1, angle: 0, isExpected: false }));
    await counted(expected, () => read({ image, page: 1, angle: 0, isExpected: true }));
    await counted(whole, () => decode(grey));
  }
  return { ours: mean(ours), 'ours, code expected': mean(expected), 'zxing on the whole page': mean(whole) };
}

async function counted(tally: Tally, work: () => Promise<readonly unknown[]>): Promise<void> {
  const began = process.cpuUsage();
  const found = await work();
  const { user, system } = process.cpuUsage(began);
  tally.pages += 1;
  tally.codes += found.length > 0 ? 1 : 0;
  tally.cpuMs += (user + system) / 1_000;
}

function mean({ pages, codes, cpuMs }: Tally) {
  return { pages, pagesWithCode: codes, cpuMsPerPage: Math.round(cpuMs / Math.max(1, pages)) };
}
