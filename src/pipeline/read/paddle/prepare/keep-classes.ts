import { type Graph, type Node, toConstant, UnknownGraph, type Weights, weightsOf } from './graph.ts';

/**
 * Makes the recogniser answer with some of its classes only, in the given order: the last layer, a product and a sum
 * before the softmax, loses the columns of the others. The likeliest of them stays the same; probabilities are shares
 * of the kept classes. Throws UnknownGraph when the network ends otherwise.
 */
export function keepClasses(graph: Graph, classes: Int32Array): Graph {
  const [softmax, sum, product] = lastNodes(graph);
  const weights = weightsOf(graph, product.inputs[1]);
  const bias = weightsOf(graph, sum.inputs[1]);
  const isLayer = weights?.dims.length === 2 && bias?.dims.length === 1 && weights.dims[1] === bias.dims[0];
  if (!weights || !bias || !isLayer) throw new UnknownGraph('the last layer has other weights');
  if (classes.some((index) => index < 0 || index >= (bias.dims[0] ?? 0))) throw new UnknownGraph('too few classes');
  const names = { weights: `${softmax.outputs[0]}.weights`, bias: `${softmax.outputs[0]}.bias` };
  const constants = new Map(graph.constants)
    .set(names.weights, toConstant(columns(weights, classes)))
    .set(names.bias, toConstant(columns(bias, classes)));
  const replaced = new Map<Node, Node>([
    [product, { ...product, inputs: [product.inputs[0] ?? '', names.weights] }],
    [sum, { ...sum, inputs: [sum.inputs[0] ?? '', names.bias] }],
  ]);
  return { ...graph, constants, nodes: graph.nodes.map((each) => replaced.get(each) ?? each) };
}

function lastNodes(graph: Graph): [Node, Node, Node] {
  const makerOf = (value: string | undefined, op: string) => {
    const maker = graph.nodes.find(({ outputs }) => value !== undefined && outputs.includes(value));
    if (maker?.op !== op) throw new UnknownGraph(`expected ${op} before ${value}, found ${maker?.op}`);
    return maker;
  };
  const softmax = makerOf(graph.outputs[0], 'Softmax');
  const sum = makerOf(softmax.inputs[0], 'Add');
  return [softmax, sum, makerOf(sum.inputs[0], 'MatMul')];
}

function columns({ dims, values }: Weights, kept: Int32Array): Weights {
  const width = dims.at(-1) ?? 0;
  const rows = values.length / width;
  const chosen = new Float32Array(rows * kept.length);
  for (let row = 0; row < rows; row++)
    kept.forEach((column, place) => {
      chosen[row * kept.length + place] = values[row * width + column] ?? 0;
    });
  return { dims: [...dims.slice(0, -1), kept.length], values: chosen };
}
