import sharp from 'sharp';
import type { Point, Quad } from '../../../domain/reading.ts';
import { type Raster, shrinkScale } from '../raster.ts';
import type { Network, Tensor } from './sessions.ts';
import { findTextBoxes } from './text-boxes.ts';

/** The detector's strides halve its input five times. */
const sideMultiple = 32;
/** ImageNet mean and deviation, in the order in which PaddleOCR feeds the channels: blue, green, red. */
const channelMeans = [0.485, 0.456, 0.406] as const;
const channelDeviations = [0.229, 0.224, 0.225] as const;

/** Where text is, in raster pixels; for the search the picture is shrunk so that its long side is about `maxSide`. */
export async function detectText(detector: Network, raster: Raster, maxSide: number): Promise<Quad[]> {
  const scale = shrinkScale(raster.width, raster.height, maxSide);
  const width = roundSide(raster.width * scale);
  const height = roundSide(raster.height * scale);
  const pixels = await resize(raster, width, height, scale < 1);
  const { data } = await detector.run(toTensor(pixels, width, height));
  const [factorX, factorY] = [raster.width / width, raster.height / height];
  const enlarge = ([x, y]: Point): Point => [x * factorX, y * factorY];
  return findTextBoxes(data, width, height).map(([a, b, c, d]) => [enlarge(a), enlarge(b), enlarge(c), enlarge(d)]);
}

function roundSide(side: number): number {
  return Math.max(sideMultiple, Math.round(side / sideMultiple) * sideMultiple);
}

function resize({ data, width, height }: Raster, newWidth: number, newHeight: number, shrink: boolean) {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize(newWidth, newHeight, { fit: 'fill', kernel: shrink ? 'lanczos3' : 'cubic' })
    .raw()
    .toBuffer();
}

function toTensor(rgb: Uint8Array, width: number, height: number): Tensor {
  const plane = width * height;
  const data = new Float32Array(3 * plane);
  for (const channel of [0, 1, 2] as const) {
    const factor = 1 / 255 / channelDeviations[channel];
    const shift = channelMeans[channel] / channelDeviations[channel];
    const offset = channel * plane;
    for (let index = 0, source = 2 - channel; index < plane; index++, source += 3) {
      data[offset + index] = (rgb[source] ?? 0) * factor - shift;
    }
  }
  return { data, dims: [1, 3, height, width] };
}
