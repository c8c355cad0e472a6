import { type Constant, floatType, type Graph, type Node, tensorFields, UnknownGraph } from './graph.ts';
import { bytesOf, type Field, message, numbersOf, readFields, text, textsOf, varint, writeFields } from './wire.ts';

/** An ONNX file, taken apart; `rest` and `inputs` are what no rewrite touches. */
export type Model = {
  readonly graph: Graph;
  readonly inputs: readonly Uint8Array[];
  readonly rest: readonly Field[];
  readonly graphRest: readonly Field[];
};

// Field numbers of onnx.proto, IR version 10.
const modelFields = { graph: 7 } as const;
const graphFields = { node: 1, initializer: 5, input: 11, output: 12, valueInfo: 13 } as const;
const nodeFields = { input: 1, output: 2, name: 3, op: 4, attribute: 5 } as const;
const attributeFields = { name: 1, tensor: 5 } as const;
const valueFields = { name: 1, type: 2, tensorType: 1, elementType: 1 } as const;

/** Throws on damaged bytes and on what such networks do not have: outputs that are not floats. */
export function parseModel(bytes: Uint8Array): Model {
  const fields = readFields(bytes);
  const [graphBytes] = bytesOf(fields, modelFields.graph);
  if (!graphBytes) throw new UnknownGraph('a model without a graph');
  const graph = readFields(graphBytes);
  const nodes = bytesOf(graph, graphFields.node).map((part) => readNode(readFields(part)));
  const initializers = bytesOf(graph, graphFields.initializer).map((part) => readFields(part));
  const constants = new Map([...initializers.map(named), ...nodes.flatMap(constantOf)]);
  const known: readonly number[] = Object.values(graphFields);
  return {
    graph: {
      nodes: nodes.filter(({ op }) => op !== 'Constant'),
      constants,
      outputs: bytesOf(graph, graphFields.output).map((part) => readOutput(readFields(part))),
    },
    // An initializer that is an input too could be replaced by a caller: nothing would be folded.
    inputs: bytesOf(graph, graphFields.input).filter((part) => !constants.has(nameOf(readFields(part)))),
    rest: fields.filter(({ number }) => number !== modelFields.graph),
    graphRest: graph.filter(({ number }) => !known.includes(number)),
  };
}

/** The same model gives the same bytes. Constants that nothing uses are left out, and so are shapes that no longer hold. */
export function writeModel({ graph, inputs, rest, graphRest }: Model): Uint8Array {
  const used = new Set(graph.nodes.flatMap((node) => node.inputs));
  const constants = [...graph.constants].filter(([name]) => used.has(name));
  return writeFields([
    ...rest,
    message(modelFields.graph, [
      ...graph.nodes.map((node) => message(graphFields.node, writeNode(node))),
      ...constants.map(([name, tensor]) =>
        message(graphFields.initializer, [text(tensorFields.name, name), ...tensor]),
      ),
      ...inputs.map((bytes): Field => ({ number: graphFields.input, wire: 2, bytes })),
      ...graph.outputs.map((name) => message(graphFields.output, floatValue(name))),
      ...graphRest,
    ]),
  ]);
}

function readNode(fields: readonly Field[]): Node {
  const attributes = bytesOf(fields, nodeFields.attribute).map((part) => readFields(part));
  return {
    op: textsOf(fields, nodeFields.op)[0] ?? '',
    inputs: textsOf(fields, nodeFields.input),
    outputs: textsOf(fields, nodeFields.output),
    attributes: new Map(
      attributes.map((attribute) => [
        textsOf(attribute, attributeFields.name)[0] ?? '',
        without(attribute, attributeFields.name),
      ]),
    ),
  };
}

/** A node is called after its output, which no other has. */
function writeNode({ op, inputs, outputs, attributes }: Node): Field[] {
  return [
    ...inputs.map((name) => text(nodeFields.input, name)),
    ...outputs.map((name) => text(nodeFields.output, name)),
    text(nodeFields.name, outputs[0] ?? ''),
    text(nodeFields.op, op),
    ...[...attributes].map(([name, attribute]) =>
      message(nodeFields.attribute, [text(attributeFields.name, name), ...attribute]),
    ),
  ];
}

/** The networks keep their weights in nodes, where ONNX Runtime folds less than with initializers. */
function constantOf({ op, outputs: [name], attributes }: Node): [string, Constant][] {
  if (op !== 'Constant') return [];
  const [tensor] = bytesOf(attributes.get('value') ?? [], attributeFields.tensor);
  if (!tensor || name === undefined) throw new UnknownGraph('a constant that is no tensor');
  return [[name, without(readFields(tensor), tensorFields.name)]];
}

function named(tensor: readonly Field[]): [string, Constant] {
  return [textsOf(tensor, tensorFields.name)[0] ?? '', without(tensor, tensorFields.name)];
}

function nameOf(value: readonly Field[]): string {
  return textsOf(value, valueFields.name)[0] ?? '';
}

function readOutput(value: readonly Field[]): string {
  const [type] = bytesOf(value, valueFields.type);
  const [tensorType] = bytesOf(readFields(type ?? new Uint8Array()), valueFields.tensorType);
  const [elementType] = numbersOf(readFields(tensorType ?? new Uint8Array()), valueFields.elementType);
  if (elementType !== floatType) throw new UnknownGraph('an output that is not of floats');
  return nameOf(value);
}

/** The description of a value of floats that is taken or given. */
export function floatValue(name: string): Field[] {
  const tensorType = message(valueFields.tensorType, [varint(valueFields.elementType, floatType)]);
  return [text(valueFields.name, name), message(valueFields.type, [tensorType])];
}

function without(fields: readonly Field[], number: number): Field[] {
  return fields.filter((field) => field.number !== number);
}
