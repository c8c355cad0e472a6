import type { Point, Quad } from '../../../domain/reading.ts';
import type { Raster } from '../raster.ts';

/** The part of a picture that holds its text, turned upright; `back` maps its points to the whole picture, `forth` the other way. */
export type Straightened = { readonly raster: Raster; back(point: Point): Point; forth(point: Point): Point };

/** Share of the text's size that is kept around it: a line at the edge may have been missed. */
const margin = 0.06;

/** Cuts out the upright rectangle that holds the quad once the text (`angle` in degrees, clockwise) is upright. */
export function straighten(raster: Raster, quad: Quad, angle: number): Straightened {
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const along = quad.map(([x, y]) => x * cos + y * sin);
  const across = quad.map(([x, y]) => y * cos - x * sin);
  const [left, right] = widened(along);
  const [top, bottom] = widened(across);
  const width = Math.max(1, Math.round(right - left));
  const height = Math.max(1, Math.round(bottom - top));
  const back = ([x, y]: Point): Point => [(left + x) * cos - (top + y) * sin, (left + x) * sin + (top + y) * cos];
  const forth = ([x, y]: Point): Point => [x * cos + y * sin - left, y * cos - x * sin - top];
  return { raster: sample(raster, { width, height, back, cos, sin }), back, forth };
}

function widened(values: readonly number[]): [number, number] {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const more = (most - least) * margin + 8;
  return [least - more, most + more];
}

type Target = { width: number; height: number; back: (point: Point) => Point; cos: number; sin: number };

/** Bilinear; what lies outside of the picture is its nearest edge. */
function sample({ data, width, height }: Raster, target: Target): Raster {
  const pixels = new Uint8Array(target.width * target.height * 3);
  for (let row = 0; row < target.height; row++) {
    const [startX, startY] = target.back([0.5, row + 0.5]);
    for (let column = 0; column < target.width; column++) {
      const x = Math.max(0, Math.min(width - 1.001, startX + column * target.cos - 0.5));
      const y = Math.max(0, Math.min(height - 1.001, startY + column * target.sin - 0.5));
      const [left, top] = [Math.trunc(x), Math.trunc(y)];
      const [shareX, shareY] = [x - left, y - top];
      const above = (top * width + left) * 3;
      const below = above + width * 3;
      const out = (row * target.width + column) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const upper = (data[above + channel] ?? 0) * (1 - shareX) + (data[above + channel + 3] ?? 0) * shareX;
        const lower = (data[below + channel] ?? 0) * (1 - shareX) + (data[below + channel + 3] ?? 0) * shareX;
        pixels[out + channel] = upper * (1 - shareY) + lower * shareY + 0.5;
      }
    }
  }
  return { data: pixels, width: target.width, height: target.height };
}
