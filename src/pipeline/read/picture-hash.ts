import type { Raster } from './raster.ts';

const columns = 17;
const rows = 16;
/** Pixels between two that are looked at. */
const stride = 3;
/** Steps of less are blank paper and noise, which another packing changes. */
const minStep = 0.5;

/**
 * A difference hash of a picture, 256 bits as 64 hex digits: for each of 16 × 16 cells whether the next is lighter. The same photo
 * sent again, smaller or packed harder, differs in a few bits; photos of other receipts in a hundred.
 */
export function pictureHash(raster: Raster): string {
  const means = cellMeans(raster);
  let hash = '';
  for (let row = 0; row < rows; row++) {
    let bits = 0;
    for (let column = 0; column < columns - 1; column++) {
      const at = row * columns + column;
      bits = bits * 2 + Number((means[at] ?? 0) + minStep < (means[at + 1] ?? 0));
    }
    hash += bits.toString(16).padStart(4, '0');
  }
  return hash;
}

function cellMeans({ data, width, height }: Raster): Float64Array {
  const sums = new Float64Array(columns * rows);
  const counts = new Float64Array(columns * rows);
  for (let y = 0; y < height; y += stride) {
    const cellRow = Math.floor((y * rows) / height) * columns;
    for (let x = 0; x < width; x += stride) {
      const cell = cellRow + Math.floor((x * columns) / width);
      sums[cell] = (sums[cell] ?? 0) + (data[(y * width + x) * 3 + 1] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return sums.map((sum, cell) => sum / Math.max(1, counts[cell] ?? 1));
}
