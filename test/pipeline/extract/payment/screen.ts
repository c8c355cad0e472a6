import type { Line, Quad, Reading } from '../../../../src/domain/reading.ts';

const characterWidth = 10;
const rowPitch = 60;
const letterHeight = 30;

export interface ScreenOptions {
  /** Distance from row to row in pixels. */
  readonly pitch?: number;
  /** Confidence of the reader in every line. */
  readonly confidence?: number;
  /** Rows (by index) whose letters are twice as high. */
  readonly bigRows?: readonly number[];
}

/**
 * A screenshot as a reader would see it: one string a row; two or more blanks part the columns, and each column becomes a line
 * of its own at its place. An empty string leaves a gap.
 */
export function aScreen(rows: readonly string[], options: ScreenOptions = {}): Reading {
  const lines = rows.flatMap((text, index) => linesOfRow(text, index, options));
  const page = { number: 1, width: 800, height: rows.length * rowPitch, angle: 0, lines };
  return { provider: 'paddle', profile: 'balanced', confidence: options.confidence ?? 0.98, ms: 1, pages: [page] };
}

function linesOfRow(text: string, index: number, options: ScreenOptions): Line[] {
  const top = index * (options.pitch ?? rowPitch);
  const height = letterHeight * (options.bigRows?.includes(index) ? 2 : 1);
  return [...text.matchAll(/\S+(?: \S+)*/g)].map((match) => {
    const left = match.index * characterWidth;
    return {
      text: match[0],
      confidence: options.confidence ?? 0.98,
      quad: aQuad(left, top, match[0].length * characterWidth, height),
      row: index,
      words: [],
    };
  });
}

function aQuad(left: number, top: number, width: number, height: number): Quad {
  return [
    [left, top],
    [left + width, top],
    [left + width, top + height],
    [left, top + height],
  ];
}
