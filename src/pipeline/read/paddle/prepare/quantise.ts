import { type Convolution, convolutionOf, isPointwise } from './convolution.ts';
import { anInt, type Constant, type Graph, type Node, node, toConstant, UnknownGraph } from './graph.ts';
import { wholeConstant } from './tensors.ts';
import { type Uses, usesIn } from './uses.ts';

/** The least and the greatest number that each channel of a value takes. */
export type Range = { readonly low: Float32Array; readonly high: Float32Array };
/** By the name of the value. */
export type Ranges = ReadonlyMap<string, Range>;

/** 0 and 255 of a channel stand for numbers; 8-bit zero points, float steps. */
type Grid = { readonly step: Float32Array; readonly zero: Uint8Array };

const levels = 255;
const middle = 128;
const largestWeight = 127;
/**
 * A channel's step is between its own and the coarsest channel's: with its own alone (1) the weights, which take the rest of
 * the factor, lose their precision; with the coarsest alone (0) small channels vanish. 0.75 loses fewest fields (measured).
 */
const ownShare = 0.75;
/** A hard swish is 0 below. */
const hardSwishEnd = -3;

/** Which convolutions are worth it, and how what they give is used. */
export type Choice = (graph: Graph, uses: Uses, conv: Node) => Candidate | null;
type Candidate = {
  readonly conv: Node;
  readonly convolution: Convolution;
  /** What comes out may be cut off below, for nothing that follows sees it. */
  readonly least: number;
};

/**
 * Puts the chosen convolutions into 8-bit arithmetic with 32-bit sums, each between a node that makes bytes of floats and one
 * that makes floats of bytes. The graph must be of operator set 13. Throws UnknownGraph when a range is missing.
 */
export function quantise(graph: Graph, choose: Choice, ranges: Ranges): Graph {
  const chosen = new Map(candidates(graph, choose).map((candidate) => [candidate.conv, candidate]));
  const constants = new Map(graph.constants);
  const nodes = graph.nodes.flatMap((each) => {
    const candidate = chosen.get(each);
    return candidate ? quantised(candidate, isPointwise(graph, each), ranges, constants) : [each];
  });
  return { ...graph, nodes, constants };
}

/** The values whose ranges `quantise` asks for. */
export function rangesWanted(graph: Graph, choose: Choice): string[] {
  const names = candidates(graph, choose).flatMap(({ conv }) => [conv.inputs[0] ?? '', conv.outputs[0] ?? '']);
  return [...new Set(names)];
}

/** Pointwise convolutions of a backbone: those before a hard swish. Fewer channels are not worth the way to bytes and back. */
export const beforeHardSwish: Choice = (graph, uses, conv) => {
  const convolution = convolutionOf(graph, conv);
  const [outputs = 0, inputs = 0] = convolution?.weights.dims ?? [];
  const takers = uses.of(conv.outputs[0] ?? '').map(({ op }) => op);
  // A gate's convolution sees one pixel only.
  const isGate = graph.nodes.some(({ op, outputs: [made] }) => op === 'Relu' && made === conv.inputs[0]);
  const isLarge = outputs >= 32 && inputs >= 16 && isPointwise(graph, conv);
  const isSwished = takers.includes('HardSigmoid') && takers.includes('Mul');
  return convolution && isLarge && isSwished && !isGate ? { conv, convolution, least: hardSwishEnd } : null;
};

/**
 * The convolutions of 3 × 3 pixels that join many channels: the detector's neck. Not its head, which takes a concatenation: there
 * ONNX Runtime moves the change to bytes behind a transposition, where it takes ten times as long.
 */
export const joining: Choice = (graph, uses, conv) => {
  const convolution = convolutionOf(graph, conv);
  const [outputs = 0, inputs = 0, height] = convolution?.weights.dims ?? [];
  const isJoined = graph.nodes.some(({ op, outputs: [made] }) => op === 'Concat' && made === conv.inputs[0]);
  if (!convolution || isJoined || conv.op !== 'Conv' || inputs < 48 || outputs < 16 || height !== 3) return null;
  return { conv, convolution, least: uses.only(conv.outputs[0])?.op === 'Relu' ? 0 : -Infinity };
};

function candidates(graph: Graph, choose: Choice): Candidate[] {
  const uses = usesIn(graph);
  return graph.nodes.flatMap((each) => choose(graph, uses, each) ?? []);
}

function quantised(
  { conv, convolution, least }: Candidate,
  isUnpadded: boolean,
  ranges: Ranges,
  constants: Map<string, Constant>,
): Node[] {
  const [input = '', output = ''] = [conv.inputs[0], conv.outputs[0]];
  const named = (name: string, constant: Constant) => {
    constants.set(`${output}.${name}`, constant);
    return `${output}.${name}`;
  };
  const range = rangeOf(ranges, input);
  const into = isUnpadded ? inputGrid(range) : paddedGrid(range);
  const out = outputGrid(rangeOf(ranges, output), least);
  const { weights, scale, bias } = bytesFor(convolution, into, out);
  const byte = (name: string, value: number) => named(name, wholeConstant('u8', [], Uint8Array.of(value)));
  const floats = (name: string, values: Float32Array) => named(name, toConstant({ dims: [values.length], values }));
  const one = named('one', toConstant({ dims: [], values: Float32Array.of(1) }));
  const channelwise = { axis: anInt(1) };
  const zeros = (name: string, { zero }: Grid) => named(name, wholeConstant('u8', [zero.length], zero));
  const inputs = [
    ...[`${output}.x8`, one, byte('x-zero', middle)],
    named('w8', wholeConstant('i8', convolution.weights.dims, weights)),
    floats('w-scale', scale),
    named('w-zero', wholeConstant('i8', [scale.length], new Int8Array(scale.length))),
    ...[one, byte('y-zero', middle)],
    named('bias32', wholeConstant('i32', [bias.length], bias)),
  ];
  return [
    node('QuantizeLinear', [input, floats('x-step', into.step), zeros('x-zeros', into)], `${output}.x8`, channelwise),
    { op: 'QLinearConv', inputs, outputs: [`${output}.y8`], attributes: conv.attributes },
    node('DequantizeLinear', [`${output}.y8`, floats('y-step', out.step), zeros('y-zeros', out)], output, channelwise),
  ];
}

function rangeOf(ranges: Ranges, name: string): Range {
  const range = ranges.get(name);
  if (!range) throw new UnknownGraph(`no range of ${name}`);
  return range;
}

/** Each channel has a step and a zero of its own: the steps become part of the weights, the zeros part of the bias. */
function inputGrid({ low, high }: Range): Grid {
  const own = low.map((least, channel) => (Math.max(high[channel] ?? 0, 0.05) - Math.min(least, 0)) / levels);
  const step = shared(own);
  return { step, zero: zerosOf(low, step) };
}

/** What is added at the borders is 0 in every channel: all must have the same byte for it. */
function paddedGrid({ low, high }: Range): Grid {
  const own = low.map((least, channel) => Math.max(high[channel] ?? 0, -least, 0.05) / (levels - middle));
  return { step: shared(own), zero: new Uint8Array(low.length).fill(middle) };
}

function shared(own: Float32Array): Float32Array {
  const coarsest = own.reduce((most, step) => Math.max(most, step), 0);
  return own.map((size) => size ** ownShare * coarsest ** (1 - ownShare));
}

function outputGrid({ low, high }: Range, least: number): Grid {
  const from = low.map((value) => Math.min(0, Math.max(value, least)));
  const step = from.map((value, channel) => (Math.max(high[channel] ?? 0, 0.02) - value) / levels);
  return { step, zero: zerosOf(from, step) };
}

/** 0 is a level of every channel. */
function zerosOf(low: Float32Array, step: Float32Array): Uint8Array {
  return Uint8Array.from(low, (least, channel) =>
    Math.max(0, Math.min(levels, Math.round(-Math.min(least, 0) / (step[channel] ?? 1)))),
  );
}

/** Weights of a byte, the factor from sums to levels of the output, and the bias with all zeros in it. */
function bytesFor({ weights, bias }: Convolution, into: Grid, out: Grid) {
  const inputs = weights.values.length / bias.length;
  const kernel = inputs / into.step.length;
  const channelOf = (at: number) => Math.floor(at / kernel);
  const bytes = new Int8Array(weights.values.length);
  const scale = new Float32Array(bias.length);
  const sums = Int32Array.from(bias, (offset, row) => {
    const own = weights.values
      .subarray(row * inputs, (row + 1) * inputs)
      .map((weight, at) => weight * (into.step[channelOf(at)] ?? 0));
    const size = own.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-12) / largestWeight;
    bytes.set(
      own.map((weight) => Math.round(weight / size)),
      row * inputs,
    );
    const step = out.step[row] ?? 1;
    scale[row] = size / step;
    const shift = bytes
      .subarray(row * inputs, (row + 1) * inputs)
      .reduce((sum, weight, at) => sum + weight * ((into.zero[channelOf(at)] ?? 0) - middle), 0);
    return Math.round((offset + ((out.zero[row] ?? 0) - middle) * step) / size) - shift;
  });
  return { weights: bytes, scale, bias: sums };
}
