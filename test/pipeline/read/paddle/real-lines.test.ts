import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadSamples } from '../../../../bench/read/samples.ts';
import type { FoundLine } from '../../../../src/pipeline/read/engine.ts';
import { identifyFile } from '../../../../src/pipeline/read/identify-file.ts';
import { openSource } from '../../../../src/pipeline/read/open-source.ts';
import { createPaddleEngine } from '../../../../src/pipeline/read/paddle/engine.ts';

const dataDir = fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const skip = existsSync(dataDir) ? false : `no real documents: ${dataDir} is not there`;

/** The text and where it is, to the pixel. */
function placed({ text, quad }: FoundLine): string {
  return `${quad.flat().map(Math.round).join()} ${text}`;
}

async function readRaster(file: string) {
  const bytes = await readFile(file);
  const { mime } = await identifyFile(bytes, file);
  const source = await openSource(bytes, mime);
  const page = await source.page(0);
  assert.ok(page.kind !== 'text');
  return page.image.raster;
}

test('each line of real receipts that the shipped networks read is read the same by the prepared ones', {
  skip,
}, async () => {
  const modelDir = await mkdtemp(join(tmpdir(), 'recibot-real-'));
  const shipped = await createPaddleEngine({ modelDir: null });
  const prepared = await createPaddleEngine({ modelDir });
  after(() => Promise.all([shipped.close(), prepared.close(), rm(modelDir, { recursive: true })]));

  for (const { file } of await loadSamples(dataDir, 4)) {
    const raster = await readRaster(file);

    const expected = (await shipped.read(raster, 'balanced')).map(placed);
    const lines = (await prepared.read(raster, 'balanced')).map(placed);

    assert.ok(expected.length > 5, file);
    // Without rivals of other alphabets a doubtful line may pass that did not: more, never less.
    assert.deepEqual(
      expected.filter((line) => !lines.includes(line)),
      [],
    );
    assert.ok(lines.length <= expected.length + 3, file);
  }
});
