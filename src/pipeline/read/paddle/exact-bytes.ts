import * as ort from 'onnxruntime-node';
import { anInt, type Constant, type Graph, ints, node, toConstant } from './prepare/graph.ts';
import { floatValue, type Model, writeModel } from './prepare/model-file.ts';
import { wholeConstant } from './prepare/tensors.ts';
import { message, varint, writeFields } from './prepare/wire.ts';

const channels = 64;
const largest = { input: 255, weight: 127 } as const;
const expected = 200;
/** Sums that overflow come out at about half. */
const tolerance = 1;

/**
 * Whether products of bytes are added up exactly here. Processors with such instructions (VNNI on x86, dot product on ARM) do;
 * on older x86 ones ONNX Runtime adds pairs of products in 16 bits, which overflow. Found out by computing the worst case.
 */
export async function addsBytesExactly(): Promise<boolean> {
  const session = await ort.InferenceSession.create(worstCase(), { intraOpNumThreads: 1, interOpNumThreads: 1 });
  try {
    const input = new ort.Tensor('float32', new Float32Array(channels * 4).fill(largest.input), [1, channels, 2, 2]);
    const { y } = await session.run({ x: input });
    return y?.data instanceof Float32Array && y.data.every((value) => Math.abs(value - expected) <= tolerance);
  } finally {
    await session.release();
  }
}

/** A network of one convolution of bytes in which every product is as large as it can be. */
function worstCase(): Uint8Array {
  const weights = new Int8Array(channels * channels).fill(largest.weight);
  const share = expected / (channels * largest.input * largest.weight);
  const number = (value: number) => toConstant({ dims: [], values: Float32Array.of(value) });
  const constants = new Map<string, Constant>([
    ['one', number(1)],
    ['share', number(share)],
    ['zero', wholeConstant('u8', [], Uint8Array.of(0))],
    ['signed-zero', wholeConstant('i8', [], Int8Array.of(0))],
    ['weights', wholeConstant('i8', [channels, channels, 1, 1], weights)],
  ]);
  const shape = { kernel_shape: ints([1, 1]), strides: ints([1, 1]), pads: ints([0, 0, 0, 0]), group: anInt(1) };
  const inputs = ['x8', 'one', 'zero', 'weights', 'share', 'signed-zero', 'one', 'zero'];
  const graph: Graph = {
    nodes: [
      node('QuantizeLinear', ['x', 'one', 'zero'], 'x8'),
      node('QLinearConv', inputs, 'y8', shape),
      node('DequantizeLinear', ['y8', 'one', 'zero'], 'y'),
    ],
    constants,
    outputs: ['y'],
  };
  return writeModel(modelOf(graph, 'x'));
}

/** As an ONNX file of IR version 8, operator set 13, with one input of floats. */
function modelOf(graph: Graph, input: string): Model {
  return {
    graph,
    inputs: [writeFields(floatValue(input))],
    rest: [varint(1, 8), message(8, [varint(2, 13)])],
    graphRest: [],
  };
}
