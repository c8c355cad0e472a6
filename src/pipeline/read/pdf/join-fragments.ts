import type { Quad, Word } from '../../../domain/reading.ts';
import type { FoundLine } from '../engine.ts';
import { distance, quadHeight } from '../quad.ts';
import { arrangeRows } from '../rows.ts';

/** A word or a part of one as a PDF lists it. */
export type Fragment = { readonly text: string; readonly quad: Quad };

/** Gaps as shares of the text's height: below the first, parts of one word; below the second, words of one line. */
const sameWordGap = 0.12;
const sameLineGap = 1.2;

/** PDFs list text in any order and cut it anywhere: gathers it into rows, the rows into lines, the lines into words. */
export function joinFragments(fragments: readonly Fragment[]): FoundLine[] {
  const pieces = fragments.map(({ text, quad }) => ({ text, quad, confidence: 1, words: [] }));
  const rows = Map.groupBy(arrangeRows(pieces).lines, (piece) => piece.row);
  return [...rows.values()].flatMap(joinRow);
}

function joinRow(row: readonly Fragment[]): FoundLine[] {
  const lines: Word[][] = [];
  for (const { text, quad } of row) {
    const line = lines.at(-1);
    const before = line?.at(-1);
    const gap = before ? gapAfter(before.quad, quad) : Infinity;
    if (!line || !before || gap > sameLineGap) lines.push([{ text, confidence: 1, quad }]);
    else if (gap < sameWordGap) line[line.length - 1] = joinWords(before, { text, quad });
    else line.push({ text, confidence: 1, quad });
  }
  return lines.map(toLine);
}

/** Blank between two neighbours along the text, in heights; negative when they overlap. */
function gapAfter(before: Quad, after: Quad): number {
  const [[fromX, fromY], [toX, toY]] = [before[2], after[3]];
  const along = distance(before[3], before[2]) || 1;
  const [ux, uy] = [(before[2][0] - before[3][0]) / along, (before[2][1] - before[3][1]) / along];
  return ((toX - fromX) * ux + (toY - fromY) * uy) / (Math.max(quadHeight(before), quadHeight(after)) || 1);
}

function joinWords(before: Word, after: Fragment): Word {
  return { text: before.text + after.text, confidence: 1, quad: spanQuads(before.quad, after.quad) };
}

function toLine(words: readonly Word[]): FoundLine {
  const quads = words.map(({ quad }) => quad);
  const quad = quads.reduce(spanQuads);
  return { text: words.map(({ text }) => text).join(' '), confidence: 1, quad, words };
}

function spanQuads(first: Quad, last: Quad): Quad {
  return [first[0], last[1], last[2], first[3]];
}
