import { crc32 } from 'node:zlib';

/** A PNG of a few bytes whose header claims this size. */
export function pngClaiming(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', Buffer.alloc(64)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

type Rgb = readonly [red: number, green: number, blue: number];

/** An uncompressed 24-bit bitmap, bottom row first as usual; `rows` from the top. */
export function writeBmp(rows: readonly (readonly Rgb[])[], { topDown = false } = {}): Buffer {
  const width = rows[0]?.length ?? 0;
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const stored = topDown ? rows : [...rows].reverse();
  const pixels = Buffer.alloc(rowBytes * rows.length);
  stored.forEach((row, y) => {
    for (const [x, [red, green, blue]] of row.entries()) pixels.set([blue, green, red], y * rowBytes + x * 3);
  });
  return Buffer.concat([bmpHeader(width, topDown ? -rows.length : rows.length, 24), pixels]);
}

/** The 54 bytes before an uncompressed bitmap's palette or pixels. */
export function bmpHeader(width: number, height: number, bits: number, extraBytes = 0, compression = 0): Buffer {
  const header = Buffer.alloc(54);
  header.write('BM', 0, 'latin1');
  header.writeUInt32LE(54 + extraBytes, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(compression, 30);
  return header;
}
