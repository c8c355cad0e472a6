import type { Point, Quad } from '../../domain/reading.ts';

/** Geometry of quads in the text's own order: 0 top left, 1 top right, 2 bottom right, 3 bottom left. */

export function distance([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot(bx - ax, by - ay);
}

export function quadWidth(quad: Quad): number {
  return distance(quad[0], quad[1]);
}

export function quadHeight(quad: Quad): number {
  return distance(quad[0], quad[3]);
}

export function quadCentre(quad: Quad): Point {
  return [(quad[0][0] + quad[2][0]) / 2, (quad[0][1] + quad[2][1]) / 2];
}

/** The same corners read from the other end: for text that stands on its head. */
export function turnQuad([a, b, c, d]: Quad): Quad {
  return [c, d, a, b];
}

export function uprightQuad(left: number, top: number, right: number, bottom: number): Quad {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

/** The part of a quad between two fractions of its width, 0 at its left edge and 1 at its right. */
export function sliceQuad([a, b, c, d]: Quad, from: number, to: number): Quad {
  return [between(a, b, from), between(a, b, to), between(d, c, to), between(d, c, from)];
}

function between([ax, ay]: Point, [bx, by]: Point, fraction: number): Point {
  return [ax + (bx - ax) * fraction, ay + (by - ay) * fraction];
}
