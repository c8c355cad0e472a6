/** An upright picture in memory: 8-bit RGB, interleaved, no padding; `data.length` is width × height × 3. */
export type Raster = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** The raster an engine works on, and the page it stands for: page pixels = raster pixels × (page size ÷ raster size). */
export type PageImage = { readonly raster: Raster; readonly width: number; readonly height: number };

/** Long side of the raster in pixels. More costs time and finds nothing on receipts (measured on the development photos). */
const maxRasterSide = 2000;

/** A strip's short side keeps at least this share of the long side's limit, else a metre of receipt would be unreadable. */
const narrowestShare = 0.35;
/** For that the long side may be this many times its limit; the strip still has no more pixels than a square picture. */
const longestStrip = 3;

/** Size in pixels of the raster for a page of this size; it is never enlarged. */
export function fitRaster(width: number, height: number): { width: number; height: number } {
  const scale = shrinkScale(width, height, maxRasterSide);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** By what to multiply a picture's sides so that the long one is about `maxSide`, longer for a strip; at most 1. */
export function shrinkScale(width: number, height: number, maxSide: number): number {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const forStrip = Math.min((narrowestShare * maxSide) / short, (longestStrip * maxSide) / long);
  return Math.min(1, Math.max(maxSide / long, forStrip));
}
