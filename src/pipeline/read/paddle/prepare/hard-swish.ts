import { aFloat, floatAttribute, type Graph, type Node, node, scalarOf } from './graph.ts';
import { type Uses, usesIn } from './uses.ts';

/** x × clip(x + 3, 0, 6) ÷ 6, written as four nodes, is x × HardSigmoid(x): two passes over the data less. */
export function joinHardSwish(graph: Graph): Graph {
  const uses = usesIn(graph);
  const replaced = new Map<Node, readonly Node[]>();
  for (const add of graph.nodes) {
    const chain = chainFrom(graph, uses, add);
    if (!chain) continue;
    const { value, clip, product, quotient } = chain;
    const [output = ''] = quotient.outputs;
    const factor = `${output}.factor`;
    const attributes = { alpha: aFloat(1 / 6), beta: aFloat(0.5) };
    replaced.set(add, [node('HardSigmoid', [value], factor, attributes), node('Mul', [value, factor], output)]);
    for (const gone of [clip, product, quotient]) replaced.set(gone, []);
  }
  return { ...graph, nodes: graph.nodes.flatMap((each) => replaced.get(each) ?? [each]) };
}

function chainFrom(graph: Graph, uses: Uses, add: Node) {
  const value = add.op === 'Add' ? operandOf(graph, add, 3) : null;
  const clip = uses.only(add.outputs[0]);
  const product = uses.only(clip?.outputs[0]);
  const quotient = uses.only(product?.outputs[0]);
  if (value === null || !clip || !product || !quotient) return null;
  const isChain =
    clip.op === 'Clip' &&
    limitOf(graph, clip, 'min', 1) === 0 &&
    limitOf(graph, clip, 'max', 2) === 6 &&
    product.op === 'Mul' &&
    product.inputs.includes(value) &&
    quotient.op === 'Div' &&
    scalarOf(graph, quotient.inputs[1]) === 6;
  return isChain ? { value, clip, product, quotient } : null;
}

/** The other input of a node that has a certain number as one. */
function operandOf(graph: Graph, { inputs: [first, second] }: Node, constant: number): string | null {
  if (scalarOf(graph, second) === constant) return first ?? null;
  return scalarOf(graph, first) === constant ? (second ?? null) : null;
}

/** An attribute before opset 11, an input since. */
function limitOf(graph: Graph, clip: Node, name: string, index: number): number | null {
  return floatAttribute(clip, name) ?? scalarOf(graph, clip.inputs[index]);
}
