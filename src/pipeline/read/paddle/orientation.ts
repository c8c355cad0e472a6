import type { Point, Quad } from '../../../domain/reading.ts';
import { distance, quadHeight, quadWidth } from '../quad.ts';

/** Only boxes this much longer than tall tell which way the text runs. */
const longBoxRatio = 1.5;

/**
 * Renames the corners of each box so that its first edge runs along the page's text. Whether the text reads along that
 * edge or against it (upside down) cannot be seen from the boxes: `isUpsideDown` decides that.
 */
export function orderCorners(boxes: readonly Quad[]): Quad[] {
  const direction = dominantDirection(boxes);
  return boxes.map((box) => alignTo(box, direction));
}

/** Direction of the long boxes, weighted by length. Angles are doubled so that a line and its reverse agree. */
function dominantDirection(boxes: readonly Quad[]): Point {
  let x = 0;
  let y = 0;
  for (const box of boxes) {
    const [width, height] = [quadWidth(box), quadHeight(box)];
    const [long, short] = [Math.max(width, height), Math.min(width, height)];
    if (long < short * longBoxRatio) continue;
    const [from, to] = width >= height ? [box[0], box[1]] : [box[0], box[3]];
    const doubled = 2 * Math.atan2(to[1] - from[1], to[0] - from[0]);
    x += long * Math.cos(doubled);
    y += long * Math.sin(doubled);
  }
  const angle = x === 0 && y === 0 ? 0 : Math.atan2(y, x) / 2;
  return [Math.cos(angle), Math.sin(angle)];
}

function alignTo([a, b, c, d]: Quad, direction: Point): Quad {
  const turns: [Quad, ...Quad[]] = [
    [a, b, c, d],
    [b, c, d, a],
    [c, d, a, b],
    [d, a, b, c],
  ];
  return turns.reduce((best, turn) => (agreement(turn, direction) > agreement(best, direction) ? turn : best));
}

function agreement([from, to]: Quad, [x, y]: Point): number {
  return ((to[0] - from[0]) * x + (to[1] - from[1]) * y) / (distance(from, to) || 1);
}
