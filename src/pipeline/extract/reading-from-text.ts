import type { Line, Quad, Reading } from '../../domain/reading.ts';

/** Size of the imagined characters, in pixels; only their proportion matters. */
const characterWidth = 10;
const rowHeight = 20;

/**
 * A Reading of plain text (an e-mail's body, text of another engine): one row a line, placed as on a page with a fixed-width
 * font, so that the rules for images hold for text too. Empty lines leave their gap but give no row.
 */
export function readingFromText(text: string): Reading {
  const rows = text.split(/\r\n|\r|\n/);
  const lines = rows.flatMap((row, index): Line[] => {
    const trimmed = row.trim();
    return trimmed === '' ? [] : [lineAt(trimmed, index)];
  });
  const width = Math.max(0, ...rows.slice(0, 10_000).map((row) => row.length)) * characterWidth;
  const page = { number: 1, width, height: rows.length * rowHeight, angle: 0, lines };
  return { provider: 'text', profile: 'balanced', confidence: 1, ms: 0, pages: lines.length > 0 ? [page] : [] };
}

function lineAt(text: string, row: number): Line {
  const words = [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    confidence: 1,
    quad: quadAt(match.index, match[0].length, row),
  }));
  return { text, confidence: 1, quad: quadAt(0, text.length, row), row, words };
}

function quadAt(column: number, length: number, row: number): Quad {
  const left = column * characterWidth;
  const right = left + length * characterWidth;
  const top = row * rowHeight;
  const bottom = top + rowHeight * 0.8;
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}
