import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Field,
  float,
  message,
  numbersOf,
  readFields,
  text,
  textsOf,
  varint,
  writeFields,
} from '../../../../../src/pipeline/read/paddle/prepare/wire.ts';

test('the example of the format is read and written as documented', () => {
  // protobuf.dev/programming-guides/encoding: a message whose field 1 is 150, in field 3.
  const example = Uint8Array.of(0x1a, 0x03, 0x08, 0x96, 0x01);

  assert.deepEqual([...writeFields([message(3, [varint(1, 150)])])], [...example]);
  const [inner] = readFields(example);
  assert.ok(inner?.wire === 2);
  assert.deepEqual(readFields(inner.bytes), [varint(1, 150)]);
});

test('numbers are read packed or apart, negative ones too', () => {
  const packed: Field = { number: 8, wire: 2, bytes: Uint8Array.of(3, 0x8e, 0x02) };

  const fields = readFields(writeFields([varint(8, -1), packed, varint(9, 5)]));

  assert.deepEqual(numbersOf(fields, 8), [-1, 3, 270]);
});

test('any message survives being written and read, fields of unknown meaning too', () => {
  const field = fc.oneof(
    fc.record({ number: fc.integer({ min: 1, max: 5000 }), value: fc.maxSafeInteger() }).map(toVarint),
    fc.record({ number: fc.integer({ min: 1, max: 5000 }), value: fc.string() }).map(toText),
    fc.record({ number: fc.integer({ min: 1, max: 5000 }), value: fc.float() }).map(toFloat),
  );
  fc.assert(
    fc.property(fc.array(field), (fields) => {
      const written = writeFields(fields);

      assert.deepEqual(writeFields(readFields(written)), written);
      assert.deepEqual(
        textsOf(readFields(written), 3),
        fields.flatMap((each) =>
          each.number === 3 && each.wire !== 0 ? [Buffer.from(each.bytes).toString('utf8')] : [],
        ),
      );
    }),
  );
});

test('a message cut short anywhere is refused or lacks its last fields', () => {
  const whole = writeFields([varint(1, 300), text(2, 'abc'), float(3, 0.5)]);

  for (let length = 0; length < whole.length; length++) {
    let fields: Field[] = [];
    try {
      fields = readFields(whole.subarray(0, length));
    } catch (error) {
      assert.match(String(error), /behind its message/);
    }
    assert.ok(fields.length < 3, `${length} bytes`);
  }
});

test('a wire type that does not exist is refused', () => {
  assert.throws(() => readFields(Uint8Array.of(0x0b, 0x01)), /wire type/);
});

function toVarint({ number, value }: { number: number; value: number }): Field {
  return varint(number, value);
}

function toText({ number, value }: { number: number; value: string }): Field {
  return text(number, value);
}

function toFloat({ number, value }: { number: number; value: number }): Field {
  return float(number, value);
}
