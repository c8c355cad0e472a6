import { convolutionOf, scaleOutputs, withConvolution } from './convolution.ts';
import { floatAttribute, type Graph, type Node, type Weights, weightsOf } from './graph.ts';
import { usesIn } from './uses.ts';

/** value × scale + shift with a number of each for every channel; `value` is the name of what comes in. */
type Affine = { readonly value: string; readonly scale: Float32Array; readonly shift: Float32Array };

/** Batch normalisation, multiplication and addition of constants right after a convolution become part of its weights. */
export function foldAfterConvolutions(graph: Graph): Graph {
  const uses = usesIn(graph);
  const constants = new Map(graph.constants);
  const nodes: Node[] = [];
  const places = new Map<string, number>();
  for (const node of graph.nodes) {
    const [output = ''] = node.outputs;
    const place = node.inputs.map((input) => (uses.only(input) ? places.get(input) : undefined)).find(isPlace);
    const before = place === undefined ? undefined : nodes[place];
    const convolution = before && convolutionOf({ ...graph, constants }, before);
    const affine = before && convolution && affineOf(graph, node, convolution.bias.length);
    if (place !== undefined && affine?.value === before?.outputs[0] && affine && before && convolution) {
      const folded = scaleOutputs(before.op, convolution, affine.scale, affine.shift);
      nodes[place] = withConvolution(before, folded, output, constants);
      places.set(output, place);
    } else {
      if (convolutionOf(graph, node)) places.set(output, nodes.length);
      nodes.push(node);
    }
  }
  return { ...graph, nodes, constants };
}

function isPlace(place: number | undefined): place is number {
  return place !== undefined;
}

function affineOf(graph: Graph, node: Node, channels: number): Affine | null {
  if (node.op === 'BatchNormalization') return normalisationOf(graph, node);
  if (node.op !== 'Mul' && node.op !== 'Add') return null;
  for (const [value, other] of [node.inputs, [...node.inputs].reverse()]) {
    const constant = perChannel(weightsOf(graph, other), channels);
    if (!constant || value === undefined) continue;
    const filled = (number: number) => new Float32Array(channels).fill(number);
    return node.op === 'Mul'
      ? { value, scale: constant, shift: filled(0) }
      : { value, scale: filled(1), shift: constant };
  }
  return null;
}

function normalisationOf(graph: Graph, node: Node): Affine | null {
  const [value, ...names] = node.inputs;
  const [gamma, beta, mean, variance] = names.map((name) => weightsOf(graph, name)?.values);
  const epsilon = floatAttribute(node, 'epsilon') ?? 1e-5;
  if (value === undefined || !gamma || !beta || !mean || !variance) return null;
  const scale = gamma.map((factor, channel) => factor / Math.sqrt((variance[channel] ?? 0) + epsilon));
  const shift = beta.map((offset, channel) => offset - (mean[channel] ?? 0) * (scale[channel] ?? 0));
  return { value, scale, shift };
}

/** One number, or one a channel laid along the channels ([…, C, 1, 1]); null for what is laid otherwise. */
function perChannel(weights: Weights | null, channels: number): Float32Array | null {
  if (!weights) return null;
  const { dims, values } = weights;
  const [value] = values;
  if (values.length === 1 && value !== undefined) return new Float32Array(channels).fill(value);
  const laid = values.length === channels && dims.length >= 3 && dims.at(-3) === channels;
  return laid ? values : null;
}
