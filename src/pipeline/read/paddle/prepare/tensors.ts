import { type Constant, tensorFields } from './graph.ts';
import { varint } from './wire.ts';

/** Element types of onnx.proto's TensorProto. */
const elementTypes = { u8: 2, i8: 3, i32: 6, i64: 7 } as const;

/** A constant of whole numbers, row by row; no `dims` for a single number. */
export function wholeConstant(
  type: keyof typeof elementTypes,
  dims: readonly number[],
  values: Uint8Array | Int8Array | Int32Array | BigInt64Array,
): Constant {
  return [
    ...dims.map((dim) => varint(tensorFields.dims, dim)),
    varint(tensorFields.dataType, elementTypes[type]),
    {
      number: tensorFields.rawData,
      wire: 2,
      bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    },
  ];
}
