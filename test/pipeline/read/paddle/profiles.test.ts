import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { createPaddleEngine } from '../../../../src/pipeline/read/paddle/engine.ts';
import { addsBytesExactly } from '../../../../src/pipeline/read/paddle/exact-bytes.ts';
import { arithmeticHere } from '../../../../src/pipeline/read/paddle/open-models.ts';
import { drawReceipt } from '../drawn-receipt.ts';

const folder = await mkdtemp(join(tmpdir(), 'recibot-profiles-'));
after(() => rm(folder, { recursive: true }));
const { data, info } = await sharp(drawReceipt()).removeAlpha().raw().toBuffer({ resolveWithObject: true });
const raster = { data, width: info.width, height: info.height };

async function filesAfterReading(modelDir: string, inBytes: boolean): Promise<string[]> {
  const arithmetic = async () => arithmeticHere(async () => inBytes);
  const engine = await createPaddleEngine({ modelDir, profile: 'ultra_rapido' }, arithmetic);
  const lines = await engine.read(raster, 'ultra_rapido');
  await engine.close();
  assert.ok(lines.some(({ text }) => text.includes('492.40')));
  return (await readdir(modelDir)).map((name) => name.replace(/-[0-9a-f]+$/, '')).sort();
}

test('the fast profile reads with networks in bytes where bytes are added up exactly', async () => {
  const files = await filesAfterReading(join(folder, 'able'), true);

  assert.deepEqual(files, ['detector', 'detector-bytes', 'recogniser', 'recogniser-bytes']);
});

test('a processor that does not add up bytes exactly reads with the exact networks', async () => {
  const files = await filesAfterReading(join(folder, 'unable'), false);

  assert.deepEqual(files, ['detector', 'recogniser']);
});

test('whether bytes are added up exactly is found out by adding them up', async () => {
  assert.equal(typeof (await addsBytesExactly()), 'boolean');
});

test('an engine opened for one profile reads with another as well', async () => {
  const engine = await createPaddleEngine({ modelDir: folder, profile: 'balanced' }, async () => 'bytes' as const);
  after(() => engine.close());

  const [exact, fast] = [await engine.read(raster, 'balanced'), await engine.read(raster, 'ultra_rapido')];

  // Blanks are inferred from gaps, which differ by a step of the network.
  const letters = ({ text }: { text: string }) => text.replaceAll(' ', '');
  assert.deepEqual(fast.map(letters).sort(), exact.map(letters).sort());
});

test('lines that are known surely are not read again, others are', async () => {
  const engine = await createPaddleEngine({ modelDir: folder });
  after(() => engine.close());
  const first = await engine.read(raster, 'balanced');
  const marked = first.map((line, index) => ({ ...line, text: 'KNOWN', confidence: index % 2 === 0 ? 0.99 : 0.6 }));

  const again = await engine.read(raster, 'balanced', { known: marked });

  const sure = marked.filter(({ confidence }) => confidence > 0.9).length;
  assert.equal(again.length, first.length);
  assert.equal(again.filter(({ text }) => text === 'KNOWN').length, sure);
});

test('networks of one`s own are read from their folder, and what is missing there is the shipped', async () => {
  const own = await mkdtemp(join(folder, 'own-'));

  const engine = await createPaddleEngine({ modelDir: null, ownModels: own });
  after(() => engine.close());

  assert.ok((await engine.read(raster, 'balanced')).length > 5);
});
