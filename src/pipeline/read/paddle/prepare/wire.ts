/**
 * The protobuf wire format (protobuf.dev/programming-guides/encoding), as far as a model file needs it: a message is a
 * list of numbered fields. Fields that nobody asks for are carried through byte for byte.
 */
export type Field =
  | { readonly number: number; readonly wire: 0; readonly value: bigint }
  | { readonly number: number; readonly wire: 1 | 2 | 5; readonly bytes: Uint8Array };

/** Splits a message; the fields' bytes are views of it. Throws on what is no message. */
export function readFields(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  while (at < message.length) {
    const tag = readVarint(message, at);
    const [number, wire] = [Number(tag.value >> 3n), Number(tag.value & 7n)];
    if (wire === 0) {
      const { value, end } = readVarint(message, tag.end);
      fields.push({ number, wire, value });
      at = end;
    } else if (wire === 1 || wire === 2 || wire === 5) {
      const length = wire === 2 ? readVarint(message, tag.end) : { value: wire === 1 ? 8n : 4n, end: tag.end };
      at = length.end + Number(length.value);
      if (at > message.length) throw new Error('a field ends behind its message');
      fields.push({ number, wire, bytes: message.subarray(length.end, at) });
    } else throw new Error(`no such wire type: ${wire}`);
  }
  return fields;
}

export function writeFields(fields: readonly Field[]): Uint8Array {
  const parts = fields.flatMap((field) => {
    const tag = writeVarint((BigInt(field.number) << 3n) | BigInt(field.wire));
    if (field.wire === 0) return [tag, writeVarint(field.value)];
    return field.wire === 2 ? [tag, writeVarint(BigInt(field.bytes.length)), field.bytes] : [tag, field.bytes];
  });
  return Buffer.concat(parts);
}

export function varint(number: number, value: number): Field {
  return { number, wire: 0, value: BigInt(value) };
}

export function text(number: number, value: string): Field {
  return { number, wire: 2, bytes: Buffer.from(value, 'utf8') };
}

export function float(number: number, value: number): Field {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return { number, wire: 5, bytes };
}

export function message(number: number, fields: readonly Field[]): Field {
  return { number, wire: 2, bytes: writeFields(fields) };
}

/** The bytes of each field with this number, numbers left out. */
export function bytesOf(fields: readonly Field[], number: number): Uint8Array[] {
  return fields.flatMap((field) => (field.number === number && field.wire !== 0 ? [field.bytes] : []));
}

export function textsOf(fields: readonly Field[], number: number): string[] {
  return bytesOf(fields, number).map((bytes) => Buffer.from(bytes).toString('utf8'));
}

/** All whole numbers of a field, one a field or packed into one. */
export function numbersOf(fields: readonly Field[], number: number): number[] {
  return fields.flatMap((field) => {
    if (field.number !== number) return [];
    return field.wire === 0 ? [toNumber(field.value)] : readPacked(field.bytes);
  });
}

function readPacked(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { value, end } = readVarint(bytes, at);
    numbers.push(toNumber(value));
    at = end;
  }
  return numbers;
}

/** Negative numbers are written as 64 bits of two's complement. */
function toNumber(value: bigint): number {
  return Number(BigInt.asIntN(64, value));
}

function readVarint(bytes: Uint8Array, start: number): { value: bigint; end: number } {
  let value = 0n;
  for (let index = 0; index < 10; index++) {
    const byte = bytes[start + index];
    if (byte === undefined) throw new Error('a number ends behind its message');
    value |= BigInt(byte & 127) << BigInt(7 * index);
    if (byte < 128) return { value, end: start + index + 1 };
  }
  throw new Error('a number of more than ten bytes');
}

function writeVarint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Uint8Array.from([...bytes, Number(rest)]);
}
