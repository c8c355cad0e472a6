import { readFile } from 'node:fs/promises';
import type { Range, Ranges } from './quantise.ts';

/** Value name → its channels' least and greatest numbers, each a run of 32-bit floats (little-endian) in base64. */
type Packed = Readonly<Record<string, { readonly low: string; readonly high: string }>>;
export type PackedRanges = { readonly detector: Packed; readonly recogniser: Packed };

/** What `scripts/calibrate-int8.ts` measured, and the bytes it is kept in. */
export async function loadRanges(): Promise<{ detector: Ranges; recogniser: Ranges; bytes: Uint8Array }> {
  const bytes = await readFile(new URL('./ranges.json', import.meta.url));
  // Written by our own script and part of the program.
  const packed = JSON.parse(bytes.toString('utf8')) as PackedRanges;
  return { detector: unpack(packed.detector), recogniser: unpack(packed.recogniser), bytes };
}

function unpack(packed: Packed): Ranges {
  const range = ({ low, high }: Packed[string]): Range => ({ low: floats(low), high: floats(high) });
  return new Map(Object.entries(packed).map(([name, limits]) => [name, range(limits)]));
}

function floats(base64: string): Float32Array {
  // A copy is aligned, as views of floats must be.
  return new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
}
