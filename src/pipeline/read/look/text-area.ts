import type { Page, Point } from '../../../domain/reading.ts';
import type { TextArea } from './look.ts';

/** What is read less surely may be grain of a table: it says nothing about where the paper lies. */
const minConfidence = 0.7;

/** The rectangle along the page's text that holds all of it; null when nothing was read surely. */
export function textArea({ number, angle, lines }: Page): TextArea | null {
  const corners = lines.filter(({ confidence }) => confidence >= minConfidence).flatMap(({ quad }) => quad);
  if (corners.length === 0) return null;
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const along = corners.map(([x, y]) => x * cos + y * sin);
  const across = corners.map(([x, y]) => y * cos - x * sin);
  const [left, right, top, bottom] = [least(along), most(along), least(across), most(across)];
  const corner = (u: number, v: number): Point => [u * cos - v * sin, u * sin + v * cos];
  return {
    page: number,
    angle,
    quad: [corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)],
  };
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
