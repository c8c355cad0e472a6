import type { Page, Point, Quad } from '../../../domain/reading.ts';
import { quadHeight, quadWidth } from '../quad.ts';

/** Where on a page its text is: a rectangle along the text, and its direction in degrees, clockwise. */
export type TextArea = { readonly quad: Quad; readonly angle: number };

/** What is read less surely may be grain of a table: it says nothing about where the paper lies. */
const minConfidence = 0.7;

/** The rectangle along the page's text that holds all of it; null when nothing was read surely. */
export function textArea({ angle, lines }: Pick<Page, 'angle' | 'lines'>): TextArea | null {
  const corners = lines.filter(({ confidence }) => confidence >= minConfidence).flatMap(({ quad }) => quad);
  if (corners.length === 0) return null;
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const along = corners.map(([x, y]) => x * cos + y * sin);
  const across = corners.map(([x, y]) => y * cos - x * sin);
  const [left, right, top, bottom] = [least(along), most(along), least(across), most(across)];
  const corner = (u: number, v: number): Point => [u * cos - v * sin, u * sin + v * cos];
  return {
    angle,
    quad: [corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)],
  };
}

/** The share of a page that the rectangle of its text takes. */
export function coverage({ width, height }: Pick<Page, 'width' | 'height'>, { quad }: TextArea): number {
  return (quadWidth(quad) * quadHeight(quad)) / (width * height);
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
