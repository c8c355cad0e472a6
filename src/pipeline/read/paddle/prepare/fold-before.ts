import { convolutionOf, inputChannels, isPointwise, scaleInputs, withConvolution } from './convolution.ts';
import { anInt, type Graph, ints, type Node, node, scalarOf, type toConstant } from './graph.ts';
import { type Uses, usesIn } from './uses.ts';

type Affine = { readonly value: string; readonly scale: number; readonly shift: number };

/**
 * value × number + number before convolutions becomes part of their weights when all are pointwise. Where one pads its
 * input, the shift must not reach the padding: there it becomes one pointwise convolution, in the layout that ONNX
 * Runtime keeps for convolutions.
 */
export function foldBeforeConvolutions(graph: Graph): Graph {
  const uses = usesIn(graph);
  const constants = new Map(graph.constants);
  const pending = new Map<string, Affine>();
  const skipped = new Set<Node>();
  const nodes: Node[] = [];
  for (const each of graph.nodes) {
    if (skipped.has(each)) continue;
    const found = affineFrom(graph, uses, each);
    const [output] = found?.last.outputs ?? [];
    const takers = output === undefined || graph.outputs.includes(output) ? [] : uses.of(output);
    const channels = takers[0] ? inputChannels(graph, takers[0]) : null;
    if (found && output !== undefined && takers.length > 0 && takers.every((taker) => isPointwise(graph, taker))) {
      pending.set(output, found);
      skipped.add(found.last);
    } else if (found && output !== undefined && channels !== null) {
      nodes.push(channelwise(found, channels, output, constants));
      skipped.add(found.last);
    } else nodes.push(absorb(graph, each, pending.get(each.inputs[0] ?? ''), constants));
  }
  return { ...graph, nodes, constants };
}

/** Starts at a multiplication and ends with the addition that alone takes its product. */
function affineFrom(graph: Graph, uses: Uses, product: Node): (Affine & { last: Node }) | null {
  const last = uses.only(product.outputs[0]);
  if (product.op !== 'Mul' || last?.op !== 'Add') return null;
  const scaled = splitConstant(graph, product);
  const shifted = splitConstant(graph, last);
  return scaled && shifted ? { value: scaled.value, scale: scaled.constant, shift: shifted.constant, last } : null;
}

function splitConstant(graph: Graph, { inputs: [first = '', second = ''] }: Node) {
  const [before, after] = [scalarOf(graph, first), scalarOf(graph, second)];
  if (after !== null) return { value: first, constant: after };
  return before === null ? null : { value: second, constant: before };
}

function absorb(graph: Graph, taker: Node, affine: Affine | undefined, constants: Constants): Node {
  const convolution = affine && convolutionOf(graph, taker);
  if (!affine || !convolution) return taker;
  const [output = ''] = taker.outputs;
  const folded = scaleInputs(convolution, affine.scale, affine.shift);
  const changed = withConvolution(taker, folded, output, constants);
  return { ...changed, inputs: [affine.value, ...changed.inputs.slice(1)] };
}

type Constants = Map<string, ReturnType<typeof toConstant>>;

function channelwise({ value, scale, shift }: Affine, channels: number, output: string, constants: Constants): Node {
  const filled = (number: number) => new Float32Array(channels).fill(number);
  const attributes = {
    dilations: ints([1, 1]),
    group: anInt(channels),
    kernel_shape: ints([1, 1]),
    pads: ints([0, 0, 0, 0]),
    strides: ints([1, 1]),
  };
  const weights = { dims: [channels, 1, 1, 1], values: filled(scale) };
  const plain = node('Conv', [value], output, attributes);
  return withConvolution(plain, { weights, bias: filled(shift) }, output, constants);
}
