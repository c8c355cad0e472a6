import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { pageText } from '../../../../src/domain/reading.ts';
import { createReader } from '../../../../src/pipeline/read/reader.ts';
import { drawReceipt, receiptSize, startOfLine } from '../drawn-receipt.ts';

const lines = ['PANADERÍA LA ESPIGA', 'BOLILLO AÑEJO 12.50', 'TOTAL 492.40'];
const reader = await createReader({
  backends: ['tesseract'],
  workers: 1,
  log: { info: () => undefined, warn: () => undefined },
});
after(() => reader.close());

test('tesseract reads Spanish letters, with words, places and confidence', async () => {
  const reading = await reader.read({ bytes: drawReceipt(lines), mime: 'image/png', profile: 'balanced' });

  const [page] = reading.pages;
  assert.equal(page && pageText(page), lines.join('\n'));
  assert.equal(reading.provider, 'tesseract');
  assert.deepEqual([page?.width, page?.height], [receiptSize.width, receiptSize.height]);
  const total = page?.lines[2]?.words[0];
  assert.equal(total?.text, 'TOTAL');
  assert.ok(total.confidence > 0.8 && total.confidence <= 1);
  const [[left, top], , , [, bottom]] = total.quad;
  const place = startOfLine(2);
  assert.ok(Math.abs(left - place.x) < 10 && Math.abs((top + bottom) / 2 - place.y) < 10);
});
