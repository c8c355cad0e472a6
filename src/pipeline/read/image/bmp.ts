import { Failure } from '../../../domain/failure.ts';
import type { Raster } from '../raster.ts';
import { checkImageSize } from './page-image.ts';

/**
 * Uncompressed Windows bitmaps of 1, 4, 8, 16, 24 and 32 bits: all that phones, scanners and Paint write. libvips has no
 * decoder without ImageMagick, and `bmp-js` is unmaintained and trusts the header.
 * Layout: https://learn.microsoft.com/windows/win32/gdi/bitmap-storage (read 2026-11).
 * @throws {Failure} `damaged-file`, `image-too-large`.
 */
export function decodeBmp(bytes: Uint8Array): Raster {
  try {
    return decode(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Failure('damaged-file', 'ask', 'the bitmap ends too early', { cause: error });
  }
}

type Header = {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly bits: number;
  readonly pixels: number;
  readonly palette: { readonly offset: number; readonly entryBytes: number };
  readonly masks: readonly [red: number, green: number, blue: number];
};
type Paint = (view: DataView, rowOffset: number, x: number) => readonly [red: number, green: number, blue: number];

const biRgb = 0;
const biBitfields = 3;

function decode(view: DataView): Raster {
  const header = parseHeader(view);
  const { width, height, bits } = header;
  checkImageSize(width, height);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  if (header.pixels + rowBytes * height > view.byteLength) throw new RangeError('pixels missing');
  const paint = painterOf(header);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = header.pixels + rowBytes * (header.isTopDown ? y : height - 1 - y);
    for (let x = 0; x < width; x++) data.set(paint(view, row, x), (y * width + x) * 3);
  }
  return { data, width, height };
}

function parseHeader(view: DataView): Header {
  const pixels = view.getUint32(10, true);
  const size = view.getUint32(14, true);
  // The oldest header has 16-bit sides and palette entries without padding.
  const isCore = size === 12;
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(isCore ? 24 : 28, true);
  const compression = isCore ? biRgb : view.getUint32(30, true);
  const hasMasks = compression === biBitfields && (bits === 16 || bits === 32);
  if (width <= 0 || height === 0 || (compression !== biRgb && !hasMasks)) {
    throw new Failure('damaged-file', 'ask', `bitmap of ${width} × ${height}, compression ${compression}`);
  }
  const palette = { offset: 14 + size, entryBytes: isCore ? 3 : 4 };
  const masks = hasMasks ? readMasks(view) : defaultMasks(bits);
  return { width, height: Math.abs(height), isTopDown: height < 0, bits, pixels, palette, masks };
}

function readMasks(view: DataView): Header['masks'] {
  return [view.getUint32(54, true), view.getUint32(58, true), view.getUint32(62, true)];
}

function defaultMasks(bits: number): Header['masks'] {
  return bits === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff];
}

function painterOf({ bits, palette, masks }: Header): Paint {
  if (bits === 1 || bits === 4 || bits === 8) {
    return (view, row, x) => {
      const shift = 8 - bits - ((x * bits) & 7);
      const index = (view.getUint8(row + ((x * bits) >> 3)) >> shift) & ((1 << bits) - 1);
      const entry = palette.offset + index * palette.entryBytes;
      return [view.getUint8(entry + 2), view.getUint8(entry + 1), view.getUint8(entry)];
    };
  }
  if (bits === 24) {
    return (view, row, x) => [
      view.getUint8(row + x * 3 + 2),
      view.getUint8(row + x * 3 + 1),
      view.getUint8(row + x * 3),
    ];
  }
  if (bits !== 16 && bits !== 32) throw new Failure('damaged-file', 'ask', `bitmap of ${bits} bits`);
  const [red, green, blue] = masks;
  return (view, row, x) => {
    const value = bits === 16 ? view.getUint16(row + x * 2, true) : view.getUint32(row + x * 4, true);
    return [channel(value, red), channel(value, green), channel(value, blue)];
  };
}

function channel(value: number, mask: number): number {
  return mask === 0 ? 0 : Math.round((((value & mask) >>> 0) / (mask >>> 0)) * 255);
}
