/** One channel of a picture, a byte a pixel. */
export type Grey = { readonly data: Uint8Array; readonly width: number; readonly height: number };
export type Area = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** Side in pixels of the squares that are looked at. A code at the size that can still be decoded covers several. */
const tile = 32;
/** Every second row and column tells enough. */
const lineStep = 2;
/** Steps between light and dark of less than this are paper, shadow and noise; codes printed grey on grey have 40 and more. */
const minStep = 22;
/** Share of a square's rows (or columns) that must alternate: print leaves the gaps between its lines empty, a code has none. */
const minCoverage = 0.72;
const minAlternations = 3;
/** Squares that hang together: fewer are a logo or a bold letter. */
const minTiles = 4;
/** Most areas looked at on one page, the largest first. */
const maxAreas = 4;
/** Around the squares, since the border of a code fills its squares in part only. */
const margin = 40;

/**
 * Where on a page a bar code, QR or PDF417 may be: squares in which nearly every row, or every column, alternates between
 * light and dark. Costs a few milliseconds, a tenth of looking for codes on the whole page.
 */
export function findCodeAreas(grey: Grey): Area[] {
  const columns = Math.floor(grey.width / tile);
  const rows = Math.floor(grey.height / tile);
  const marked = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (isDense(grey, column * tile, row * tile)) marked[row * columns + column] = 1;
    }
  }
  return groups(marked, columns, rows)
    .filter(({ tiles }) => tiles >= minTiles)
    .sort((a, b) => b.tiles - a.tiles)
    .slice(0, maxAreas)
    .map((group) => toArea(group, grey));
}

function isDense({ data, width }: Grey, left: number, top: number): boolean {
  const start = top * width + left;
  const wanted = (minCoverage * tile) / lineStep;
  return coverage(data, start, width, 1) >= wanted || coverage(data, start, 1, width) >= wanted;
}

/** Lines of the square that alternate at least `minAlternations` times. */
function coverage(data: Uint8Array, start: number, nextLine: number, nextPixel: number): number {
  let covered = 0;
  for (let line = 0; line < tile; line += lineStep) {
    if (alternations(data, start + line * nextLine, nextPixel) >= minAlternations) covered += 1;
  }
  return covered;
}

/** Changes of direction between local extremes that are `minStep` apart: works on any brightness and under shadows. */
function alternations(data: Uint8Array, start: number, step: number): number {
  let low = data[start] ?? 0;
  let high = low;
  let direction = 0;
  let count = 0;
  for (let index = 1; index < tile; index++) {
    const value = data[start + index * step] ?? 0;
    if (value > high) high = value;
    if (value < low) low = value;
    if (direction >= 0 && high - value >= minStep) {
      if (direction > 0) count += 1;
      direction = -1;
      low = value;
    } else if (direction <= 0 && value - low >= minStep) {
      if (direction < 0) count += 1;
      direction = 1;
      high = value;
    }
  }
  return count;
}

type Group = { left: number; top: number; right: number; bottom: number; tiles: number };

/** Marked squares that touch, also by a corner. */
function groups(marked: Uint8Array, columns: number, rows: number): Group[] {
  const found: Group[] = [];
  for (let index = 0; index < marked.length; index++) {
    if (marked[index] !== 1) continue;
    const group: Group = { left: columns, top: rows, right: 0, bottom: 0, tiles: 0 };
    const open = [index];
    marked[index] = 2;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      extend(group, at % columns, Math.floor(at / columns));
      for (const next of neighbours(at, columns, rows)) {
        if (marked[next] !== 1) continue;
        marked[next] = 2;
        open.push(next);
      }
    }
    found.push(group);
  }
  return found;
}

function extend(group: Group, column: number, row: number): void {
  group.left = Math.min(group.left, column);
  group.right = Math.max(group.right, column);
  group.top = Math.min(group.top, row);
  group.bottom = Math.max(group.bottom, row);
  group.tiles += 1;
}

function neighbours(at: number, columns: number, rows: number): number[] {
  const [column, row] = [at % columns, Math.floor(at / columns)];
  const found: number[] = [];
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) found.push(y * columns + x);
  }
  return found;
}

function toArea({ left, top, right, bottom }: Group, { width, height }: Grey): Area {
  const x = Math.max(0, left * tile - margin);
  const y = Math.max(0, top * tile - margin);
  return {
    left: x,
    top: y,
    width: Math.min(width, (right + 1) * tile + margin) - x,
    height: Math.min(height, (bottom + 1) * tile + margin) - y,
  };
}
