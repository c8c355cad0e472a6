import { type Graph, type Node, node, toConstant } from './graph.ts';
import { usesIn } from './uses.ts';

const one = 'one';

/** x + x × gate is x × (gate + 1): the sum is over a number a channel instead of a picture. */
export function simplifyResidualGates(graph: Graph): Graph {
  const uses = usesIn(graph);
  const constants = new Map(graph.constants).set(one, toConstant({ dims: [1], values: Float32Array.of(1) }));
  const replaced = new Map<Node, readonly Node[]>();
  for (const gate of graph.nodes.filter(({ op }) => op === 'HardSigmoid')) {
    const [factor = ''] = gate.outputs;
    const product = uses.only(factor);
    const sum = uses.only(product?.outputs[0]);
    const value = product?.inputs.find((input) => input !== factor);
    if (product?.op !== 'Mul' || sum?.op !== 'Add' || value === undefined || !sum.inputs.includes(value)) continue;
    const raised = `${factor}.raised`;
    replaced.set(product, []);
    replaced.set(sum, [node('Add', [factor, one], raised), node('Mul', [value, raised], sum.outputs[0] ?? '')]);
  }
  return { ...graph, constants, nodes: graph.nodes.flatMap((each) => replaced.get(each) ?? [each]) };
}
