import { type Constant, intsAttribute, type Node, UnknownGraph } from './graph.ts';
import type { Model } from './model-file.ts';
import { wholeConstant } from './tensors.ts';
import { message, numbersOf, readFields, varint } from './wire.ts';

// Field numbers of onnx.proto, IR version 10.
const opsetImport = 8;
const opsetVersion = 2;
/** The first version in which numbers are quantised channel by channel. */
const wanted = 13;
/** What the networks are made of and means the same in versions 9 to 13, given the checks below. */
const same = new Set(
  'Add AveragePool Cast Concat Conv ConvTranspose Div GlobalAveragePool HardSigmoid MatMul Mul Pow ReduceMean Relu Reshape Resize Shape Sigmoid Softmax Sqrt Sub Transpose'.split(
    ' ',
  ),
);

/** The same network in the words of operator set 13: some settings became inputs. Throws UnknownGraph for other operators. */
export function toOperatorSet13(model: Model): Model {
  const [version = 0] = model.rest.flatMap((field) =>
    field.number === opsetImport && field.wire === 2 ? numbersOf(readFields(field.bytes), opsetVersion) : [],
  );
  if (version < 9 || version > wanted) throw new UnknownGraph(`operator set ${version}`);
  const constants = new Map(model.graph.constants);
  const nodes = model.graph.nodes.map((node) => rewritten(node, constants, version));
  const rest = model.rest.filter(({ number }) => number !== opsetImport);
  return {
    ...model,
    graph: { ...model.graph, nodes, constants },
    rest: [...rest, message(opsetImport, [varint(opsetVersion, wanted)])],
  };
}

function rewritten(node: Node, constants: Map<string, Constant>, version: number): Node {
  const input = (name: string) => {
    const values = BigInt64Array.from(intsAttribute(node, name), BigInt);
    const constant = `${node.outputs[0]}.${name}`;
    constants.set(constant, wholeConstant('i64', [values.length], values));
    return constant;
  };
  const [data = ''] = node.inputs;
  if (node.op === 'Slice' && node.attributes.has('starts'))
    return { ...node, inputs: [data, input('starts'), input('ends'), input('axes')], attributes: new Map() };
  if (node.op === 'Squeeze' && node.attributes.has('axes'))
    return { ...node, inputs: [data, input('axes')], attributes: new Map() };
  // Resize changed its coordinates in version 11.
  const isKnown = same.has(node.op) && !(node.op === 'Resize' && version < 11);
  if (!isKnown && node.op !== 'Slice' && node.op !== 'Squeeze')
    throw new UnknownGraph(`${node.op} of version ${version}`);
  return node;
}
