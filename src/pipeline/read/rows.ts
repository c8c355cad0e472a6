import type { Line } from '../../domain/reading.ts';
import type { FoundLine } from './engine.ts';
import { quadCentre, quadHeight } from './quad.ts';
import { textAngle } from './text-angle.ts';

/** Two pieces are on one printed row when their middles differ by less than this share of the smaller one's height. */
const sameRowShare = 0.4;
/** Rows above the current one that may still take a piece: unevenly tall neighbours can come out of order. */
const openRows = 4;

type Piece = { line: FoundLine; left: number; middle: number; height: number };

/**
 * Puts an engine's lines in reading order: gathered into printed rows, rows from top to bottom, left to right in each,
 * as seen along the text's own direction, so a photo lying on its side keeps its order.
 */
export function arrangeRows(lines: readonly FoundLine[]): { angle: number; lines: Line[] } {
  const angle = textAngle(lines.map((line) => line.quad));
  const pieces = lines.map((line) => straighten(line, angle)).sort((a, b) => a.middle - b.middle);
  const rows: Piece[][] = [];
  for (const piece of pieces) {
    const row = rows.slice(-openRows).findLast((candidate) => belongs(piece, candidate));
    if (row) row.push(piece);
    else rows.push([piece]);
  }
  return { angle, lines: rows.flatMap((row, index) => listRow(row, index)) };
}

function straighten(line: FoundLine, angle: number): Piece {
  const radians = (-angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const [centreX, centreY] = quadCentre(line.quad);
  const [topLeft, , , bottomLeft] = line.quad;
  const [leftX, leftY] = [(topLeft[0] + bottomLeft[0]) / 2, (topLeft[1] + bottomLeft[1]) / 2];
  return {
    line,
    left: leftX * cos - leftY * sin,
    middle: centreX * sin + centreY * cos,
    height: quadHeight(line.quad),
  };
}

function belongs(piece: Piece, row: readonly Piece[]): boolean {
  const middle = row.reduce((sum, { middle }) => sum + middle, 0) / row.length;
  const height = row.reduce((sum, { height }) => sum + height, 0) / row.length;
  return Math.abs(middle - piece.middle) < sameRowShare * Math.min(height, piece.height);
}

function listRow(row: Piece[], index: number): Line[] {
  return row.sort((a, b) => a.left - b.left).map(({ line }) => ({ ...line, words: [...line.words], row: index }));
}
