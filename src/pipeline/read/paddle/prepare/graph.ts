import { bytesOf, type Field, float, numbersOf, varint } from './wire.ts';

/** A network as ONNX describes it: nodes in an order in which each finds its inputs, joined by the names of values. */
export type Graph = {
  readonly nodes: readonly Node[];
  readonly constants: ReadonlyMap<string, Constant>;
  readonly outputs: readonly string[];
};

export type Node = {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
};

/** The fields of an AttributeProto but for its name, of a TensorProto but for its name. */
export type Attribute = readonly Field[];
export type Constant = readonly Field[];

/** Float weights, row by row. */
export type Weights = { readonly dims: readonly number[]; readonly values: Float32Array };

/** The network is not built the way a rewrite knows. */
export class UnknownGraph extends Error {
  override readonly name = 'UnknownGraph';
}

// Field numbers and types of onnx.proto, IR version 10.
const attributeFields = { float: 2, int: 3, ints: 8, type: 20 } as const;
const attributeTypes = { float: 1, int: 2, ints: 7 } as const;
export const tensorFields = { dims: 1, dataType: 2, floatData: 4, name: 8, rawData: 9 } as const;
export const floatType = 1;

/** The weights of a constant of floats; null for another type. */
export function weightsOf(graph: Graph, name: string | undefined): Weights | null {
  const constant = name === undefined ? undefined : graph.constants.get(name);
  if (!constant || numbersOf(constant, tensorFields.dataType)[0] !== floatType) return null;
  const packed = [...bytesOf(constant, tensorFields.rawData), ...bytesOf(constant, tensorFields.floatData)];
  // A copy is aligned, as views of floats must be.
  const bytes = Uint8Array.from(Buffer.concat(packed));
  const values = new Float32Array(bytes.buffer, 0, bytes.byteLength / 4);
  const dims = numbersOf(constant, tensorFields.dims);
  if (dims.reduce((product, dim) => product * dim, 1) !== values.length) throw new UnknownGraph(`size of ${name}`);
  return { dims, values };
}

export function toConstant({ dims, values }: Weights): Constant {
  return [
    ...dims.map((dim) => varint(tensorFields.dims, dim)),
    varint(tensorFields.dataType, floatType),
    {
      number: tensorFields.rawData,
      wire: 2,
      bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    },
  ];
}

/** The value of a constant that holds one float only. */
export function scalarOf(graph: Graph, name: string | undefined): number | null {
  const weights = weightsOf(graph, name);
  return weights?.values.length === 1 ? (weights.values[0] ?? null) : null;
}

export function intAttribute(node: Node, name: string, otherwise: number): number {
  return numbersOf(node.attributes.get(name) ?? [], attributeFields.int)[0] ?? otherwise;
}

export function intsAttribute(node: Node, name: string): number[] {
  return numbersOf(node.attributes.get(name) ?? [], attributeFields.ints);
}

export function floatAttribute(node: Node, name: string): number | null {
  const [bytes] = bytesOf(node.attributes.get(name) ?? [], attributeFields.float);
  return bytes ? Buffer.from(bytes).readFloatLE() : null;
}

export function anInt(value: number): Attribute {
  return [varint(attributeFields.int, value), varint(attributeFields.type, attributeTypes.int)];
}

export function ints(values: readonly number[]): Attribute {
  return [
    ...values.map((value) => varint(attributeFields.ints, value)),
    varint(attributeFields.type, attributeTypes.ints),
  ];
}

export function aFloat(value: number): Attribute {
  return [float(attributeFields.float, value), varint(attributeFields.type, attributeTypes.float)];
}

export function node(op: string, inputs: readonly string[], output: string, attributes = {}): Node {
  return { op, inputs, outputs: [output], attributes: new Map(Object.entries<Attribute>(attributes)) };
}
