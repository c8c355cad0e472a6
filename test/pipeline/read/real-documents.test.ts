import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { measureQuality } from '../../../bench/read/quality.ts';
import { loadSamples } from '../../../bench/read/samples.ts';
import { readingText } from '../../../src/domain/reading.ts';
import { identifyFile } from '../../../src/pipeline/read/identify-file.ts';
import { createReader } from '../../../src/pipeline/read/reader.ts';

const dataDir = fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const skip = existsSync(dataDir) ? false : `no real documents: ${dataDir} is not there`;

test('of real receipts the total is in the text and few characters are wrong', { skip }, async () => {
  const reader = await createReader({
    backends: ['paddle'],
    workers: 1,
    log: { info: () => undefined, warn: () => undefined },
  });
  after(() => reader.close());
  const samples = await loadSamples(dataDir, 12);

  const texts: string[] = [];
  for (const { file } of samples) {
    const bytes = await readFile(file);
    const { mime } = await identifyFile(bytes, file);
    texts.push(readingText(await reader.read({ bytes, mime, profile: 'balanced' })));
  }

  const { totals, characterErrorPercent } = measureQuality(samples, texts);
  const [found = 0, known = 0] = totals.split('/').map(Number);
  assert.ok(found >= known - 1, totals);
  assert.ok(characterErrorPercent < 5, String(characterErrorPercent));
});
