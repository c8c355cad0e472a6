import type { Point } from '../../../domain/reading.ts';

/** A rectangle of any tilt: `direction` is the unit vector of its first side, `width` the length of that side. */
export type Rectangle = {
  readonly centre: Point;
  readonly direction: Point;
  readonly width: number;
  readonly height: number;
};

/** The smallest rectangle around the points; it shares a side with their convex hull. Null when they lie on one line. */
export function minAreaRectangle(points: readonly Point[]): Rectangle | null {
  const hull = convexHull(points);
  if (hull.length < 3) return null;
  let best: Rectangle | null = null;
  for (let index = 0; index < hull.length; index++) {
    const [from, to] = [hull[index], hull[(index + 1) % hull.length]];
    if (!from || !to) continue;
    const candidate = rectangleAlong(hull, from, to);
    if (!best || candidate.width * candidate.height < best.width * best.height) best = candidate;
  }
  return best;
}

function rectangleAlong(hull: readonly Point[], from: Point, to: Point): Rectangle {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  let [minU, maxU, minV, maxV] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of hull) {
    const [u, v] = [x * ux + y * uy, y * ux - x * uy];
    minU = Math.min(minU, u);
    maxU = Math.max(maxU, u);
    minV = Math.min(minV, v);
    maxV = Math.max(maxV, v);
  }
  const [u, v] = [(minU + maxU) / 2, (minV + maxV) / 2];
  return { centre: [u * ux - v * uy, u * uy + v * ux], direction: [ux, uy], width: maxU - minU, height: maxV - minV };
}

/** Andrew's monotone chain; no three hull points on one line, no point twice. */
function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return [...halfHull(sorted), ...halfHull(sorted.reverse())];
}

function halfHull(sorted: readonly Point[]): Point[] {
  const chain: Point[] = [];
  for (const point of sorted) {
    while (chain.length > 1 && !turnsLeft(chain.at(-2), chain.at(-1), point)) chain.pop();
    chain.push(point);
  }
  return chain.slice(0, -1);
}

function turnsLeft(a: Point | undefined, b: Point | undefined, c: Point): boolean {
  if (!a || !b) return true;
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0;
}
