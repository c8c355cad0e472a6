import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as ort from 'onnxruntime-node';
import { foldAfterConvolutions } from '../../../../../src/pipeline/read/paddle/prepare/fold-after.ts';
import { foldBeforeConvolutions } from '../../../../../src/pipeline/read/paddle/prepare/fold-before.ts';
import {
  aFloat,
  anInt,
  type Constant,
  type Graph,
  ints,
  type Node,
  node,
  toConstant,
} from '../../../../../src/pipeline/read/paddle/prepare/graph.ts';
import { joinHardSwish } from '../../../../../src/pipeline/read/paddle/prepare/hard-swish.ts';
import { keepClasses } from '../../../../../src/pipeline/read/paddle/prepare/keep-classes.ts';
import { writeModel } from '../../../../../src/pipeline/read/paddle/prepare/model-file.ts';
import { simplifyResidualGates } from '../../../../../src/pipeline/read/paddle/prepare/residual-gate.ts';
import { message, text, varint, writeFields } from '../../../../../src/pipeline/read/paddle/prepare/wire.ts';

/** Numbers that no rewrite can confuse: all differ, of both signs. */
function constantOf(...dims: number[]): Constant {
  const size = dims.reduce((product, dim) => product * dim, 1);
  return toConstant({ dims, values: Float32Array.from({ length: size }, (_, i) => Math.sin(i * 1.7 + size) + 0.2) });
}

function numberOf(value: number): Constant {
  return toConstant({ dims: [], values: Float32Array.of(value) });
}

const pads = (pad: number) => ({ pads: ints([pad, pad, pad, pad]) });

/** `x` comes in with two channels of 5 × 5, `y` is the answer. */
function graphOf(constants: Record<string, Constant>, nodes: readonly Node[]): Graph {
  return { nodes, constants: new Map(Object.entries(constants)), outputs: ['y'] };
}

async function answerOf(graph: Graph): Promise<Float32Array> {
  const floats = message(2, [message(1, [varint(1, 1)])]);
  const file = writeModel({
    graph,
    inputs: [writeFields([text(1, 'x'), floats])],
    rest: [varint(1, 8), message(8, [varint(2, 11)])],
    graphRest: [text(2, 'test')],
  });
  const session = await ort.InferenceSession.create(file);
  const x = Float32Array.from({ length: 50 }, (_, i) => Math.cos(i * 0.9) * 4);
  const { y } = await session.run({ x: new ort.Tensor('float32', x, [1, 2, 5, 5]) });
  await session.release();
  assert.ok(y?.data instanceof Float32Array);
  return y.data;
}

/** Same answer; returns the operations that are left. */
async function assertRewritten(graph: Graph, rewrite: (graph: Graph) => Graph): Promise<string> {
  const rewritten = rewrite(graph);
  const [expected, answer] = [await answerOf(graph), await answerOf(rewritten)];
  assert.equal(answer.length, expected.length);
  assert.ok(
    answer.every((value, index) => Math.abs(value - (expected[index] ?? Infinity)) < 1e-5),
    `${answer.slice(0, 5)} instead of ${expected.slice(0, 5)}`,
  );
  return rewritten.nodes.map(({ op }) => op).join(' ');
}

const normalisation = node('BatchNormalization', ['c', 'gamma', 'beta', 'mean', 'variance'], 'n', {
  epsilon: aFloat(0.001),
});
const statistics = { gamma: constantOf(3), beta: constantOf(3), mean: constantOf(3), variance: numbersAbove(3) };

function numbersAbove(count: number): Constant {
  return toConstant({ dims: [count], values: Float32Array.from({ length: count }, (_, i) => 0.5 + i) });
}

test('normalisation, factors and sums after a convolution become its weights', async () => {
  const graph = graphOf({ w: constantOf(3, 2, 3, 3), ...statistics, k: constantOf(1), b: constantOf(1, 3, 1, 1) }, [
    node('Conv', ['x', 'w'], 'c', pads(1)),
    normalisation,
    node('Mul', ['k', 'n'], 'm'),
    node('Add', ['m', 'b'], 'y'),
  ]);

  assert.equal(await assertRewritten(graph, foldAfterConvolutions), 'Conv');
});

test('so they do after a transposed convolution, and one with groups', async () => {
  const transposed = graphOf({ w: constantOf(2, 3, 2, 2), ...statistics, b: constantOf(3, 1, 1) }, [
    node('ConvTranspose', ['x', 'w'], 'c', { strides: ints([2, 2]) }),
    node('BatchNormalization', normalisation.inputs, 'n'),
    node('Add', ['n', 'b'], 'y'),
  ]);
  const grouped = graphOf({ w: constantOf(2, 1, 3, 3), bias: constantOf(2), k: constantOf(2, 1, 1) }, [
    node('Conv', ['x', 'w', 'bias'], 'c', { group: anInt(2) }),
    node('Mul', ['c', 'k'], 'y'),
  ]);

  assert.equal(await assertRewritten(transposed, foldAfterConvolutions), 'ConvTranspose');
  assert.equal(await assertRewritten(grouped, foldAfterConvolutions), 'Conv');
});

test('a convolution that others use too stays as it is, and so does one before numbers laid along the width', async () => {
  const shared = graphOf({ w: constantOf(2, 2, 1, 1), k: constantOf(1) }, [
    node('Conv', ['x', 'w'], 'c'),
    node('Mul', ['c', 'k'], 'm'),
    node('Add', ['m', 'c'], 'y'),
  ]);
  const wide = graphOf({ w: constantOf(5, 2, 1, 1), k: constantOf(1, 1, 5) }, [
    node('Conv', ['x', 'w'], 'c'),
    node('Mul', ['c', 'k'], 'y'),
  ]);

  assert.equal(await assertRewritten(shared, foldAfterConvolutions), 'Conv Mul Add');
  assert.equal(await assertRewritten(wide, foldAfterConvolutions), 'Conv Mul');
});

test('a convolution that the network answers with stays as it is', async () => {
  const graph = graphOf({ w: constantOf(2, 2, 1, 1), k: constantOf(1) }, [
    node('Conv', ['x', 'w'], 'y'),
    node('Mul', ['y', 'k'], 'unused'),
  ]);

  assert.equal(await assertRewritten(graph, foldAfterConvolutions), 'Conv Mul');
});

/** Hard swish as these networks write it, of `x`; what follows is up to the caller. */
function hardSwish(limits: [number, number], divisor = 6, factor = 'x') {
  const constants = {
    three: numberOf(3),
    low: numberOf(limits[0]),
    high: numberOf(limits[1]),
    six: numberOf(divisor),
  };
  const nodes = [
    node('Add', ['x', 'three'], 'a'),
    node('Clip', ['a', 'low', 'high'], 'c'),
    node('Mul', [factor, 'c'], 'm'),
    node('Div', ['m', 'six'], 'y'),
  ];
  return graphOf(constants, nodes);
}

test('a hard swish of four nodes becomes two', async () => {
  assert.equal(await assertRewritten(hardSwish([0, 6]), joinHardSwish), 'HardSigmoid Mul');
});

test('what only looks like a hard swish stays', async () => {
  for (const other of [hardSwish([0, 5]), hardSwish([1, 6]), hardSwish([0, 6], 3), hardSwish([0, 6], 6, 'three')])
    assert.equal(await assertRewritten(other, joinHardSwish), 'Add Clip Mul Div');
});

const scaled = [node('Mul', ['k', 'x'], 'm'), node('Add', ['m', 'b'], 's')];

test('a factor and a sum before pointwise convolutions become their weights', async () => {
  const graph = graphOf(
    { k: constantOf(1), b: numberOf(0.7), w: constantOf(3, 2, 1, 1), v: constantOf(3, 2, 1, 1), vb: constantOf(3) },
    [...scaled, node('Conv', ['s', 'w'], 'c'), node('Conv', ['s', 'v', 'vb'], 'd'), node('Add', ['c', 'd'], 'y')],
  );

  assert.equal(await assertRewritten(graph, foldBeforeConvolutions), 'Conv Conv Add');
});

test('before a convolution that pads they become one of their own: the padding stays zero', async () => {
  const padded = graphOf({ k: constantOf(1), b: numberOf(0.7), w: constantOf(3, 2, 3, 3) }, [
    ...scaled,
    node('Conv', ['s', 'w'], 'y', pads(1)),
  ]);
  const paddedPoint = graphOf({ k: constantOf(1), b: numberOf(0.7), w: constantOf(3, 2, 1, 1) }, [
    ...scaled,
    node('Conv', ['s', 'w'], 'y', pads(1)),
  ]);

  assert.equal(await assertRewritten(padded, foldBeforeConvolutions), 'Conv Conv');
  assert.equal(await assertRewritten(paddedPoint, foldBeforeConvolutions), 'Conv Conv');
});

test('without a convolution behind them they stay', async () => {
  const graph = graphOf({ k: constantOf(1), b: numberOf(0.7) }, [...scaled, node('Relu', ['s'], 'y')]);

  assert.equal(await assertRewritten(graph, foldBeforeConvolutions), 'Mul Add Relu');
});

test('a gate that is added to what it gates is raised by one instead', async () => {
  const gated = (sum: Node) =>
    graphOf({}, [
      node('GlobalAveragePool', ['x'], 'p'),
      node('HardSigmoid', ['p'], 'g'),
      node('Mul', ['x', 'g'], 'm'),
      sum,
    ]);

  assert.equal(
    await assertRewritten(gated(node('Add', ['x', 'm'], 'y')), simplifyResidualGates),
    'GlobalAveragePool HardSigmoid Add Mul',
  );
  assert.equal(
    await assertRewritten(gated(node('Add', ['m', 'p'], 'y')), simplifyResidualGates),
    'GlobalAveragePool HardSigmoid Mul Add',
  );
});

test('the kept classes share all of the probability, in the given order', async () => {
  const layer = [
    node('MatMul', ['x', 'w'], 'm'),
    node('Add', ['m', 'b'], 'a'),
    node('Softmax', ['a'], 'y', { axis: anInt(3) }),
  ];
  const graph = graphOf({ w: constantOf(5, 4), b: constantOf(4) }, layer);
  const all = await answerOf(graph);

  const kept = await answerOf(keepClasses(graph, Int32Array.of(3, 1)));

  assert.equal(kept.length, all.length / 2);
  for (let row = 0; row < 10; row++) {
    const [, second = 0, , fourth = 0] = all.slice(row * 4, row * 4 + 4);
    assert.ok(Math.abs((kept[row * 2] ?? 0) - fourth / (second + fourth)) < 1e-5);
  }
});
