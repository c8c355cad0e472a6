import type { Quad } from '../../../domain/reading.ts';
import { quadWidth } from '../quad.ts';
import type { Raster } from '../raster.ts';
import { cropHeight, cropWidth, sampleCrop } from './crop.ts';
import type { Network } from './sessions.ts';

/** The classifier looks at the first 192 pixels of a line. */
const inputWidth = 192;
/** The widest lines vote. With fewer than twelve a development photo was turned the wrong way. */
const voters = 12;
/** A page with fewer lines is taken as upright: too little evidence to turn it. */
const minLines = 4;

/** Whether most of the page's widest lines stand on their heads, by the 180° classifier that comes with PP-OCR. */
export async function isUpsideDown(classifier: Network, raster: Raster, lines: readonly Quad[]): Promise<boolean> {
  if (lines.length < minLines) return false;
  const chosen = [...lines].sort((a, b) => quadWidth(b) - quadWidth(a)).slice(0, voters);
  const plane = cropHeight * inputWidth;
  const data = new Float32Array(chosen.length * 3 * plane);
  chosen.forEach((quad, index) => {
    const target = { data, offset: index * 3 * plane, stride: inputWidth, plane };
    sampleCrop(raster, quad, Math.min(inputWidth, cropWidth(quad)), target);
  });
  const output = await classifier.run({ data, dims: [chosen.length, 3, cropHeight, inputWidth] });
  const votes = chosen.filter((_, index) => (output.data[index * 2 + 1] ?? 0) > (output.data[index * 2] ?? 0)).length;
  return votes / chosen.length > 0.5;
}
