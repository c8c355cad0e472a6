import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { decodeCtc } from '../../../../../src/pipeline/read/paddle/ctc.ts';
import { preparedModels, quantisedModels, shippedModels } from '../../../../../src/pipeline/read/paddle/models.ts';
import { parseModel } from '../../../../../src/pipeline/read/paddle/prepare/model-file.ts';
import { quantiseRecogniser } from '../../../../../src/pipeline/read/paddle/prepare/networks.ts';
import { toOperatorSet13 } from '../../../../../src/pipeline/read/paddle/prepare/opset.ts';
import {
  beforeHardSwish,
  joining,
  quantise,
  rangesWanted,
} from '../../../../../src/pipeline/read/paddle/prepare/quantise.ts';
import { loadRanges } from '../../../../../src/pipeline/read/paddle/prepare/ranges.ts';
import { openNetworks } from '../../../../../src/pipeline/read/paddle/sessions.ts';
import { drawnLine, drawnPage } from './drawn-input.ts';

const folder = await mkdtemp(join(tmpdir(), 'recibot-bytes-'));
const exact = await preparedModels(await shippedModels(), folder);
const bytes = await quantisedModels(exact, folder);
const ranges = await loadRanges();
const [inFloats, inBytes] = [await openNetworks(exact), await openNetworks(bytes)];
after(async () => {
  await Promise.all([...Object.values(inFloats), ...Object.values(inBytes)].map((network) => network.close()));
  await rm(folder, { recursive: true });
});

const operations = (file: Uint8Array) => parseModel(file).graph.nodes.map(({ op }) => op);

test('the recogniser in bytes reads the same text as the exact one', async () => {
  for (const text of ['TOTAL $ 1,492.40', 'Cafe, 3 x 12.50 (IVA incl.)', 'RFC: XAXX010101000  07/11/2025 #482731']) {
    const line = drawnLine(text);

    const [expected, answer] = [await inFloats.recogniser.run(line), await inBytes.recogniser.run(line)];

    const read = (tensor: typeof answer) => decodeCtc(tensor, exact.alphabet).map((character) => character.text);
    assert.ok(read(answer).length > text.length / 2, read(answer).join(''));
    assert.deepEqual(read(answer), read(expected));
  }
});

test('the detector in bytes finds text in the same places', async () => {
  const page = drawnPage(640, 480);

  const [expected, answer] = [await inFloats.detector.run(page), await inBytes.detector.run(page)];

  const isText = (value: number) => value > 0.3;
  const differing = answer.data.filter((value, at) => isText(value) !== isText(expected.data[at] ?? 0)).length;
  const found = expected.data.filter(isText).length;
  assert.ok(found > 1000, `${found} pixels of text`);
  assert.ok(differing < found * 0.05, `${differing} of ${found} pixels`);
});

test('the fourteen convolutions of the recogniser that take the time, and the four of the detector, are in bytes', () => {
  const counts = [bytes.recogniser, bytes.detector].map(
    (file) => operations(file).filter((op) => op === 'QLinearConv').length,
  );

  assert.deepEqual(counts, [14, 4]);
  assert.ok(bytes.recogniser.length < exact.recogniser.length * 0.62);
});

test('the measured ranges are those of the networks that are here', () => {
  const wanted = [
    rangesWanted(parseModel(exact.recogniser).graph, beforeHardSwish),
    rangesWanted(parseModel(exact.detector).graph, joining),
  ];

  assert.deepEqual(wanted[0]?.toSorted(), [...ranges.recogniser.keys()].toSorted());
  assert.deepEqual(wanted[1]?.toSorted(), [...ranges.detector.keys()].toSorted());
});

test('a network whose ranges were not measured is refused', () => {
  assert.throws(() => quantiseRecogniser(exact.recogniser, new Map()), { name: 'UnknownGraph' });
});

test('an operator that means something else in the new set is refused', () => {
  const model = parseModel(exact.recogniser);
  const [first] = model.graph.nodes;
  assert.ok(first);
  const graph = { ...model.graph, nodes: [{ ...first, op: 'Upsample' }] };

  assert.throws(() => toOperatorSet13({ ...model, graph }), { name: 'UnknownGraph' });
});

test('nothing is changed where nothing is chosen', () => {
  const { graph } = toOperatorSet13(parseModel(exact.recogniser));

  assert.deepEqual(quantise(graph, () => null, new Map()).nodes, graph.nodes);
});

test('preparing in bytes gives the same bytes each time', () => {
  const again = quantiseRecogniser(exact.recogniser, ranges.recogniser);

  assert.ok(Buffer.from(again).equals(bytes.recogniser));
});
