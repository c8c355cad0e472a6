import { type Box, boxAround, type Line, type Page, type Quad, type Reading } from '../../domain/reading.ts';

/** A line of the reader placed on its row; `start` is where its text begins in the row's text. */
interface Piece {
  readonly line: Line;
  readonly start: number;
  /** Left and right end along the text's direction, and the middle across it, in pixels of the deskewed page. */
  readonly left: number;
  readonly right: number;
  readonly middle: number;
  readonly height: number;
}

/** One printed row: its pieces from left to right, joined by a blank. */
export interface Row {
  readonly index: number;
  readonly page: number;
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly middle: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
}

export interface Layout {
  readonly rows: readonly Row[];
}

/** Characters of one row that are looked at. */
const maxRowLength = 160;
/** Rows and characters of a document; of more, the first and the last are kept: names stand above, totals below. */
const maxRows = 240;
const maxLength = 6_000;

interface Printed {
  readonly page: Page;
  readonly lines: readonly Line[];
}

/** `rowLength`: characters looked at of a row; a text without line breaks needs more than a printed row. */
export function layoutOf(reading: Reading, rowLength = maxRowLength): Layout {
  const printed = reading.pages.flatMap(printedRows);
  const first = withinBudget(printed, rowLength);
  const last = withinBudget(printed.slice(first.length).reverse(), rowLength).reverse();
  return { rows: [...first, ...last].map((row, index) => rowOf(row, index, rowLength)) };
}

function printedRows(page: Page): Printed[] {
  return [...Map.groupBy(page.lines, (line) => line.row).values()].map((lines) => ({ page, lines }));
}

/** As many of the first rows as half the limits allow. */
function withinBudget(rows: readonly Printed[], rowLength: number): Printed[] {
  let length = 0;
  return rows.slice(0, maxRows / 2).filter(({ lines }) => {
    length += lines.reduce((sum, line) => sum + Math.min(rowLength, line.text.length), 0);
    return length <= maxLength / 2;
  });
}

function rowOf({ page, lines }: Printed, index: number, rowLength: number): Row {
  const radians = (page.angle * Math.PI) / 180;
  let text = '';
  const pieces: Piece[] = [];
  for (const line of lines) {
    if (text.length > rowLength) break;
    if (pieces.length > 0) text += ' ';
    pieces.push({ line, start: text.length, ...placeOf(line.quad, radians) });
    text += line.text.slice(0, rowLength);
  }
  const mean = (pick: (piece: Piece) => number) => pieces.reduce((sum, piece) => sum + pick(piece), 0) / pieces.length;
  return {
    index,
    page: page.number,
    text,
    pieces,
    middle: mean((piece) => piece.middle),
    height: mean((piece) => piece.height),
    left: Math.min(...pieces.map((piece) => piece.left)),
    right: Math.max(...pieces.map((piece) => piece.right)),
  };
}

/** Place of a quad on the page turned back by its text's direction. */
function placeOf(quad: Quad, radians: number): Omit<Piece, 'line' | 'start'> {
  const cos = Math.cos(radians);
  const sin = Math.sin(radians);
  const along = quad.map(([x, y]) => x * cos + y * sin);
  const across = quad.map(([x, y]) => y * cos - x * sin);
  const [topLeft, , , bottomLeft] = quad;
  return {
    left: Math.min(...along),
    right: Math.max(...along),
    middle: across.reduce((sum, value) => sum + value, 0) / 4,
    height: Math.hypot(bottomLeft[0] - topLeft[0], bottomLeft[1] - topLeft[1]),
  };
}

/** The box around the characters [start, end) of a row: of the words that hold them, else of their whole lines. */
export function boxOf(row: Row, start: number, end: number): Box | null {
  const quads = row.pieces
    .filter((piece) => piece.start < end && piece.start + piece.line.text.length > start)
    .flatMap((piece) => quadsOf(piece, start, end));
  const [first, ...rest] = quads;
  return first ? boxAround(row.page, [first, ...rest]) : null;
}

function quadsOf(piece: Piece, start: number, end: number): Quad[] {
  const found: Quad[] = [];
  let at = 0;
  for (const word of piece.line.words) {
    const place = piece.line.text.indexOf(word.text, at);
    if (place < 0) continue;
    at = place + word.text.length;
    if (piece.start + place < end && piece.start + at > start) found.push(word.quad);
  }
  return found.length > 0 ? found : [piece.line.quad];
}

/** Confidence of the reader in the characters [start, end): the least of the lines that hold them. */
export function readConfidence(row: Row, start: number, end: number): number {
  return row.pieces
    .filter((piece) => piece.start < end && piece.start + piece.line.text.length > start)
    .reduce((least, piece) => Math.min(least, piece.line.confidence), 1);
}
