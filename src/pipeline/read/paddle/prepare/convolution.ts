import { type Graph, intAttribute, intsAttribute, type Node, toConstant, type Weights, weightsOf } from './graph.ts';

/** What a Conv or a ConvTranspose computes with; the bias has a value for each channel that comes out. */
export type Convolution = { readonly weights: Weights; readonly bias: Float32Array };

/** Null for other nodes, and for weights that are computed or grouped in a way these networks do not use. */
export function convolutionOf(graph: Graph, node: Node): Convolution | null {
  if (node.op !== 'Conv' && node.op !== 'ConvTranspose') return null;
  const weights = weightsOf(graph, node.inputs[1]);
  if (weights?.dims.length !== 4 || (node.op === 'ConvTranspose' && groupsOf(node) !== 1)) return null;
  const channels = weights.dims[node.op === 'Conv' ? 0 : 1] ?? 0;
  if (node.inputs[2] === undefined) return { weights, bias: new Float32Array(channels) };
  const bias = weightsOf(graph, node.inputs[2]);
  return bias?.values.length === channels ? { weights, bias: bias.values } : null;
}

/** output × scale + shift, a number of each for every channel that comes out. */
export function scaleOutputs(
  op: string,
  { weights, bias }: Convolution,
  scale: Float32Array,
  shift: Float32Array,
): Convolution {
  const [first = 0, second = 0, height = 0, width = 0] = weights.dims;
  const kernel = height * width;
  // Conv keeps its outputs first, ConvTranspose second.
  const channelAt = (index: number) =>
    op === 'Conv' ? Math.floor(index / (second * kernel)) : Math.floor(index / kernel) % second;
  if (bias.length !== (op === 'Conv' ? first : second)) throw new Error('a bias of another length');
  return {
    weights: {
      dims: weights.dims,
      values: weights.values.map((value, index) => value * (scale[channelAt(index)] ?? 0)),
    },
    bias: bias.map((value, channel) => value * (scale[channel] ?? 0) + (shift[channel] ?? 0)),
  };
}

/** A pointwise Conv on input × scale + shift. */
export function scaleInputs({ weights, bias }: Convolution, scale: number, shift: number): Convolution {
  const inputs = weights.values.length / bias.length;
  const sumOf = (channel: number) =>
    weights.values.subarray(channel * inputs, (channel + 1) * inputs).reduce((sum, value) => sum + value, 0);
  return {
    weights: { dims: weights.dims, values: weights.values.map((value) => value * scale) },
    bias: bias.map((value, channel) => value + shift * sumOf(channel)),
  };
}

/** One pixel in, one pixel out, nothing added at the borders: a shift of the input is a shift of the output. */
export function isPointwise(graph: Graph, node: Node): boolean {
  const kernel = convolutionOf(graph, node)?.weights.dims.slice(2) ?? [];
  const unpadded = !node.attributes.has('auto_pad') && intsAttribute(node, 'pads').every((pad) => pad === 0);
  return node.op === 'Conv' && groupsOf(node) === 1 && unpadded && kernel.every((side) => side === 1);
}

/** Channels that a Conv takes; null for other nodes. */
export function inputChannels(graph: Graph, node: Node): number | null {
  const perGroup = node.op === 'Conv' ? convolutionOf(graph, node)?.weights.dims[1] : undefined;
  return perGroup === undefined ? null : perGroup * groupsOf(node);
}

/** The node with other weights and another output; the weights are added to `constants` under its name. */
export function withConvolution(
  node: Node,
  { weights, bias }: Convolution,
  output: string,
  constants: Map<string, ReturnType<typeof toConstant>>,
): Node {
  const names = [`${output}.weights`, `${output}.bias`] as const;
  constants.set(names[0], toConstant(weights));
  constants.set(names[1], toConstant({ dims: [bias.length], values: bias }));
  return { ...node, inputs: [node.inputs[0] ?? '', ...names], outputs: [output] };
}

function groupsOf(node: Node): number {
  return intAttribute(node, 'group', 1);
}
