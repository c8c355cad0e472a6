import type { Quad } from '../../../domain/reading.ts';
import { quadHeight, quadWidth } from '../quad.ts';
import type { Raster } from '../raster.ts';

/** Height of every crop in pixels: what the recogniser and the classifier were trained on. */
export const cropHeight = 48;
const minCropWidth = 16;
const maxCropWidth = 1600;
/** Samples a pixel and direction when the text is larger than the crop; more changes nothing. */
const maxSamples = 3;

/** Width of a line's crop at `cropHeight`, keeping its proportions. */
export function cropWidth(quad: Quad): number {
  const width = Math.round((quadWidth(quad) / Math.max(1, quadHeight(quad))) * cropHeight);
  return Math.max(minCropWidth, Math.min(maxCropWidth, width));
}

/** Where a crop goes in a batch of planar images: `offset` of its first value, pixels a row, pixels a channel. */
export type CropTarget = { data: Float32Array; offset: number; stride: number; plane: number };

/** Cuts the quad out of the raster as an upright strip of `width` × `cropHeight`, blue-green-red planes scaled to -1…1. */
export function sampleCrop(raster: Raster, quad: Quad, width: number, target: CropTarget): void {
  const [origin, along, , down] = quad;
  const stepX = [(along[0] - origin[0]) / width, (along[1] - origin[1]) / width] as const;
  const stepY = [(down[0] - origin[0]) / cropHeight, (down[1] - origin[1]) / cropHeight] as const;
  const samples = Math.min(maxSamples, Math.max(1, Math.round(Math.hypot(...stepY))));
  const factor = 1 / (samples * samples * 127.5);
  const sum = new Float64Array(3);
  for (let y = 0; y < cropHeight; y++) {
    for (let x = 0; x < width; x++) {
      sum.fill(0);
      for (let sample = 0; sample < samples * samples; sample++) {
        const u = x + ((sample % samples) + 0.5) / samples;
        const v = y + (Math.floor(sample / samples) + 0.5) / samples;
        const sourceX = origin[0] + stepX[0] * u + stepY[0] * v - 0.5;
        const sourceY = origin[1] + stepX[1] * u + stepY[1] * v - 0.5;
        addPixel(raster, sourceX, sourceY, sum);
      }
      const index = target.offset + y * target.stride + x;
      target.data[index] = (sum[2] ?? 0) * factor - 1;
      target.data[index + target.plane] = (sum[1] ?? 0) * factor - 1;
      target.data[index + 2 * target.plane] = (sum[0] ?? 0) * factor - 1;
    }
  }
}

/** Adds the bilinear colour at a point, clamped into the picture, to `sum` (red, green, blue). */
function addPixel({ data, width, height }: Raster, pointX: number, pointY: number, sum: Float64Array): void {
  const x = Math.max(0, Math.min(width - 1.001, pointX));
  const y = Math.max(0, Math.min(height - 1.001, pointY));
  const column = Math.trunc(x);
  const row = Math.trunc(y);
  const bottomRight = (x - column) * (y - row);
  const bottomLeft = y - row - bottomRight;
  const topRight = x - column - bottomRight;
  const topLeft = 1 - (x - column) - bottomLeft;
  const top = (row * width + column) * 3;
  const bottom = top + width * 3;
  for (let channel = 0; channel < 3; channel++) {
    const upper = (data[top + channel] ?? 0) * topLeft + (data[top + channel + 3] ?? 0) * topRight;
    const lower = (data[bottom + channel] ?? 0) * bottomLeft + (data[bottom + channel + 3] ?? 0) * bottomRight;
    sum[channel] = (sum[channel] ?? 0) + upper + lower;
  }
}
