/** One channel of a picture, a byte a pixel. */
export type Grey = { readonly data: Uint8Array; readonly width: number; readonly height: number };
export type Area = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** Samples along the side of the squares that are looked at. */
const tile = 32;
/** Pixels between two samples: fine for small print of codes, coarse for a code that a phone was held close to. */
const strides = [1, 2, 4] as const;
/** Every second row and column of a square tells enough. */
const lineStep = 2;
/** Steps between light and dark of less than this are paper, shadow and noise; codes printed grey on grey have 40 and more. */
const minStep = 22;
const minAlternations = 3;
/**
 * Shares of a square's rows and columns that must alternate: print leaves the gaps between its lines empty. A QR or PDF417 alternates both
 * ways, stripes one way only but in every row.
 */
const both = { most: 0.7, least: 0.55 };
const stripes = 0.9;
/** Squares that hang together: fewer are a logo or a bold letter. */
const minTiles = 3;
/** Most areas of one page, the largest first. */
const maxAreas = 8;
/** Around the squares, in samples, since the border of a code fills its squares in part only. */
const margin = 36;

/**
 * Where on a page a bar code, QR or PDF417 may be: squares in which nearly every row, or every column, alternates between
 * light and dark. Costs a few milliseconds, a tenth of looking for codes on the whole page. Largest first; one may lie in another.
 */
export function findCodeAreas(grey: Grey): Area[] {
  const areas = strides.flatMap((stride) => areasAt(grey, stride));
  return areas.sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, maxAreas);
}

/** Those that lie in no other. */
export function outerAreas(areas: readonly Area[]): Area[] {
  return areas.filter((area) => !areas.some((other) => sizeOf(other) > sizeOf(area) && contains(other, area)));
}

function areasAt(grey: Grey, stride: number): Area[] {
  const columns = Math.floor(grey.width / (tile * stride));
  const rows = Math.floor(grey.height / (tile * stride));
  const marked = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const start = row * tile * stride * grey.width + column * tile * stride;
      if (isDense(grey, start, stride)) marked[row * columns + column] = 1;
    }
  }
  return groups(marked, columns, rows)
    .filter(({ tiles }) => tiles >= minTiles)
    .map((group) => toArea(group, stride, grey));
}

function isDense({ data, width }: Grey, start: number, stride: number): boolean {
  const lines = tile / lineStep;
  const across = coverage(data, start, width * stride, stride) / lines;
  if (across >= stripes) return true;
  const down = coverage(data, start, stride, width * stride) / lines;
  return down >= stripes || (Math.max(across, down) >= both.most && Math.min(across, down) >= both.least);
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

function toArea({ left, top, right, bottom }: Group, stride: number, { width, height }: Grey): Area {
  const at = (tiles: number, samples: number) => (tiles * tile + samples) * stride;
  const x = Math.max(0, at(left, -margin));
  const y = Math.max(0, at(top, -margin));
  return {
    left: x,
    top: y,
    width: Math.min(width, at(right + 1, margin)) - x,
    height: Math.min(height, at(bottom + 1, margin)) - y,
  };
}

function sizeOf({ width, height }: Area): number {
  return width * height;
}

function contains(outer: Area, { left, top, width, height }: Area): boolean {
  return (
    left >= outer.left &&
    top >= outer.top &&
    left + width <= outer.left + outer.width &&
    top + height <= outer.top + outer.height
  );
}
