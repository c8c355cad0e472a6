import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { decodeCtc } from '../../../../../src/pipeline/read/paddle/ctc.ts';
import { preparedModels, shippedModels } from '../../../../../src/pipeline/read/paddle/models.ts';
import { parseModel } from '../../../../../src/pipeline/read/paddle/prepare/model-file.ts';
import { prepareDetector, prepareRecogniser } from '../../../../../src/pipeline/read/paddle/prepare/networks.ts';
import { openNetworks, type Tensor } from '../../../../../src/pipeline/read/paddle/sessions.ts';
import { drawnLine, drawnPage } from './drawn-input.ts';

const folder = await mkdtemp(join(tmpdir(), 'recibot-models-'));
const shipped = await shippedModels();
const prepared = await preparedModels(shipped, folder);
const before = await openNetworks(shipped);
const now = await openNetworks(prepared);
after(async () => {
  await Promise.all([...Object.values(before), ...Object.values(now)].map((network) => network.close()));
  await rm(folder, { recursive: true });
});

/** Megabytes are not for `deepEqual`. */
function assertSame(left: Uint8Array, right: Uint8Array): void {
  assert.ok(Buffer.from(left).equals(right), `${left.length} and ${right.length} bytes`);
}

function largestDifference(left: Float32Array, right: Float32Array): number {
  assert.equal(left.length, right.length);
  return left.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (right[index] ?? Infinity))), 0);
}

/** What a step's kept classes would share if there were no others. */
function sharesOfKept({ data, dims }: Tensor, kept: Int32Array): Float32Array {
  const [, steps = 0, classes = 0] = dims;
  const shares = new Float32Array(steps * kept.length);
  for (let step = 0; step < steps; step++) {
    const values = [...kept].map((index) => data[step * classes + index] ?? 0);
    const sum = values.reduce((total, value) => total + value, 0);
    values.forEach((value, place) => {
      shares[step * kept.length + place] = value / sum;
    });
  }
  return shares;
}

test('the prepared detector answers as the shipped one, at any size', async () => {
  for (const [width, height] of [
    [320, 416],
    [640, 352],
  ] as const) {
    const page = drawnPage(width, height);

    const [expected, answer] = [await before.detector.run(page), await now.detector.run(page)];

    assert.deepEqual(answer.dims, expected.dims);
    assert.ok(
      expected.data.some((probability) => probability > 0.9),
      'the page has text',
    );
    assert.ok(largestDifference(answer.data, expected.data) < 1e-4);
  }
});

test('the prepared recogniser reads the same text with the same shares, at any width', async () => {
  const texts = ['TOTAL $ 1,492.40', 'Café, 3 x 12.50 (IVA incl.)', 'RFC: XAXX010101000  07/11/2025 #482731'];
  for (const text of texts) {
    const line = drawnLine(text);

    const [expected, answer] = [await before.recogniser.run(line), await now.recogniser.run(line)];

    const read = decodeCtc(answer, prepared.alphabet).map((character) => character.text);
    assert.ok(read.length > text.length / 2, read.join(''));
    assert.deepEqual(
      read,
      decodeCtc(expected, shipped.alphabet).map((character) => character.text),
    );
    assert.ok(largestDifference(answer.data, sharesOfKept(expected, shipped.alphabet.allowed)) < 1e-4);
  }
});

test('nothing is left of what the rewrites replace', () => {
  for (const file of [prepared.detector, prepared.recogniser]) {
    const operations = parseModel(file).graph.nodes.map(({ op }) => op);

    for (const gone of ['Constant', 'BatchNormalization', 'Clip']) assert.ok(!operations.includes(gone), gone);
  }
  const sums = parseModel(prepared.detector).graph.nodes.filter(({ op }) => op === 'Mul' || op === 'Add');
  assert.ok(sums.length < 50, `${sums.length} of 175 are left`);
});

test('the prepared recogniser has a class for each character that is allowed', async () => {
  const { alphabet, recogniser } = prepared;

  const { dims } = await now.recogniser.run(drawnLine('A'));

  assert.equal(dims[2], alphabet.characters.length);
  assert.equal(alphabet.characters.length, shipped.alphabet.allowed.length);
  assert.ok(recogniser.length < shipped.recogniser.length * 0.75);
});

test('preparing gives the same bytes each time, and once prepared nothing is left to do', () => {
  const { allowed } = shipped.alphabet;
  const detector = prepareDetector(shipped.detector);
  const recogniser = prepareRecogniser(shipped.recogniser, allowed);

  assertSame(detector, prepared.detector);
  assertSame(recogniser, prepared.recogniser);
  assertSame(prepareDetector(detector), detector);
  assertSame(prepareRecogniser(recogniser, prepared.alphabet.allowed), recogniser);
});

test('kept networks are used, and made anew when damaged', async () => {
  const names = await readdir(folder);
  for (const name of names) await writeFile(join(folder, name), 'damaged');

  const again = await preparedModels(shipped, folder);

  assert.deepEqual(names.map((name) => name.replace(/-.*/, '')).sort(), ['detector', 'recogniser']);
  assert.deepEqual(await readdir(folder), names);
  assertSame(again.detector, prepared.detector);
  assertSame(again.recogniser, prepared.recogniser);
});

test('a network that ends otherwise or is damaged is not prepared', () => {
  const { allowed } = shipped.alphabet;

  assert.throws(() => prepareRecogniser(shipped.detector, allowed), { name: 'UnknownGraph' });
  assert.throws(() => prepareRecogniser(shipped.recogniser, Int32Array.of(0, 7000)), { name: 'UnknownGraph' });
  assert.throws(() => prepareDetector(shipped.detector.subarray(0, 100_000)));
  assert.throws(() => prepareDetector(Buffer.from('')), { name: 'UnknownGraph' });
});
