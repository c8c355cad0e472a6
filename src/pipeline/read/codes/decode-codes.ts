import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, type ReaderOptions, type ReadResult, readBarcodes } from 'zxing-wasm/reader';
import type { Point, Quad } from '../../../domain/reading.ts';
import type { Grey } from './find-areas.ts';

export type DecodedCode = { readonly format: string; readonly text: string; readonly quad: Quad };

type Input = Parameters<typeof readBarcodes>[0];

/** What fiscal documents and tickets print. More formats cost time and find chance patterns in text. */
const options: ReaderOptions = {
  formats: ['QRCode', 'PDF417', 'DataMatrix', 'Code128', 'Code39', 'ITF', 'EAN13'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: false,
  tryDownscale: true,
  maxNumberOfSymbols: 4,
  // Chile writes its stamps in Latin-1 and says so nowhere.
  textMode: 'Plain',
};

/** Two-digit pairs of an ITF code are found by chance in any pattern of lines. */
const shortestItf = 14;
const longestText = 4_096;

/** Loads the decoder's WebAssembly from the package, never from the network, once for the thread that calls. */
export async function createCodeDecoder(): Promise<(grey: Grey) => Promise<DecodedCode[]>> {
  const file = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasmBinary = new Uint8Array(file).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return async (grey) => {
    const results = await readBarcodes(toImageData(grey), options);
    return results.filter(isCredible).map(toCode);
  };
}

/** The decoder takes what a browser's canvas gives; Node has no class for it. */
function toImageData({ data, width, height }: Grey): Input {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let index = 0, target = 0; index < width * height; index++, target += 4) {
    const value = data[index] ?? 255;
    rgba[target] = value;
    rgba[target + 1] = value;
    rgba[target + 2] = value;
  }
  return { data: rgba, width, height, colorSpace: 'srgb' } as Input; // an ImageData; the decoder reads these members only
}

function isCredible({ format, text, isValid }: ReadResult): boolean {
  if (!isValid || text === '' || text.length > longestText) return false;
  return format !== 'ITF' || text.length >= shortestItf;
}

function toCode({ format, text, position }: ReadResult): DecodedCode {
  const { topLeft, topRight, bottomRight, bottomLeft } = position;
  const point = ({ x, y }: { x: number; y: number }): Point => [x, y];
  return { format, text, quad: [point(topLeft), point(topRight), point(bottomRight), point(bottomLeft)] };
}
