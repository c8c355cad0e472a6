import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { createPreviewer } from '../../../src/pipeline/preview/preview.ts';
import { drawReceipt } from '../read/drawn-receipt.ts';
import { writePdf } from '../read/written-pdf.ts';

const stored = new Map<string, Buffer>();
const kept = new Map<string, Buffer>();
const reads: string[] = [];
const previewer = createPreviewer({
  files: {
    get: async (sha256) => {
      reads.push(sha256);
      return stored.get(sha256) ?? Buffer.alloc(0);
    },
  },
  kept: { get: async (sha256) => kept.get(sha256) ?? null, save: async (sha256, jpeg) => void kept.set(sha256, jpeg) },
});
after(() => previewer.close());

async function preview(sha256: string, mime: string, bytes: Buffer) {
  stored.set(sha256, bytes);
  return previewer.of({ sha256, mime });
}

test('the first page of a PDF and of a TIFF is shown as a small JPEG', async () => {
  const pages = { lines: ['FERRETERIA EL TORNILLO', 'TOTAL 492.40 GRACIAS POR SU COMPRA'] };
  const files = [
    await preview('pdf', 'application/pdf', writePdf([pages, pages])),
    await preview('tiff', 'image/tiff', await sharp(drawReceipt()).resize(2600).tiff().toBuffer()),
  ];

  for (const file of files) {
    const { format, width, height } = await sharp(file).metadata();
    assert.deepEqual([format, Math.max(width, height) <= 1_000, Math.min(width, height) > 500], ['jpeg', true, true]);
  }
});

test('a preview is drawn once, also for two who ask at once', async () => {
  const pdf = writePdf([{ lines: ['TOTAL 1.00'] }]);
  stored.set('once', pdf);

  const [one, other] = await Promise.all(
    ['once', 'once'].map((sha256) => previewer.of({ sha256, mime: 'application/pdf' })),
  );
  await previewer.of({ sha256: 'once', mime: 'application/pdf' });

  assert.ok(one && other && one.equals(other));
  assert.equal(reads.filter((sha256) => sha256 === 'once').length, 1);
});

test('a broken file and one without pages are told as what they are', async () => {
  await assert.rejects(preview('broken', 'application/pdf', Buffer.from('%PDF-1.4 no more')), { code: 'damaged-file' });
  await assert.rejects(preview('xml', 'application/xml', Buffer.from('<a/>')), { code: 'unsupported-type' });
});

test('a drawing that takes too long is ended', async () => {
  const hasty = createPreviewer({
    files: { get: async () => writePdf([{ lines: ['TOTAL'] }]) },
    kept: { get: async () => null, save: async () => undefined },
    timeoutMs: 1,
  });

  await assert.rejects(hasty.of({ sha256: 'slow', mime: 'application/pdf' }), { code: 'reader-unavailable' });

  await hasty.close();
});
