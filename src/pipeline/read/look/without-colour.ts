import type { Raster } from '../raster.ts';

/**
 * The picture as if printed in black only: blue and red stamps and logos fade into the paper, and black print under them
 * stays. A pixel becomes as bright as its brightest channel (of blue ink: blue), and brighter the more colour it has.
 */
export function withoutColour({ data, width, height }: Raster): Raster {
  const grey = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    const most = Math.max(red, green, blue);
    const colour = most - Math.min(red, green, blue);
    grey.fill(Math.min(255, most + colour * 0.5), at, at + 3);
  }
  return { data: grey, width, height };
}
