/** An upright picture in memory: 8-bit RGB, interleaved, no padding; `data.length` is width × height × 3. */
export type Raster = { readonly data: Uint8Array; readonly width: number; readonly height: number };

/** The raster an engine works on, and the page it stands for: page pixels = raster pixels × (page size ÷ raster size). */
export type PageImage = { readonly raster: Raster; readonly width: number; readonly height: number };

/** Long side of the raster in pixels. More costs time and finds nothing on receipts (measured on the development photos). */
const maxRasterSide = 2000;

/** Size in pixels of the raster for a page of this size; it is never enlarged. */
export function fitRaster(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, maxRasterSide / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
