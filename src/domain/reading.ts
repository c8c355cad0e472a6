import { z } from 'zod';
import { ReadCode } from './code.ts';

/**
 * What a reader saw on a document. All coordinates are pixels of the page image as a person sees it: after EXIF rotation,
 * at the image's own resolution (for a PDF: of the page rendered at 200 dpi), origin top left, x to the right, y down.
 */
export const Point = z.tuple([z.number(), z.number()]);
export type Point = z.infer<typeof Point>;

/** Corners in the text's own order: top left, top right, bottom right, bottom left as one reads it, so a tilted or upside-down line keeps its direction. */
export const Quad = z.tuple([Point, Point, Point, Point]);
export type Quad = z.infer<typeof Quad>;

/** An upright rectangle on a page; `page` counts from 1. */
export const Box = z.object({
  page: z.int().positive(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
export type Box = z.infer<typeof Box>;

/** One word; `confidence` is the engine's own, 0 to 1. */
export const Word = z.object({ text: z.string(), confidence: z.number(), quad: Quad });
export type Word = z.infer<typeof Word>;

/** One run of text as the engine found it. A printed row may hold several (label left, amount right): they share `row`. */
export const Line = z.object({
  text: z.string(),
  confidence: z.number(),
  quad: Quad,
  /** Printed row on the page, from 0 at the top; lines are listed row by row, left to right within one. */
  row: z.int(),
  words: z.array(Word),
});
export type Line = z.infer<typeof Line>;

export const Page = z.object({
  number: z.int().positive(),
  width: z.number(),
  height: z.number(),
  /** Direction of the text in degrees, clockwise from upright, -180 to 180. */
  angle: z.number(),
  lines: z.array(Line),
});
export type Page = z.infer<typeof Page>;

export const Profile = z.enum(['ultra_rapido', 'balanced', 'high_confidence']);
export type Profile = z.infer<typeof Profile>;

/** Languages that documents may be read in. */
export const OcrLanguage = z.enum(['es', 'en']);
export type OcrLanguage = z.infer<typeof OcrLanguage>;

/**
 * How a document is looked at again when its first reading leaves something open: `closer` (only its text, turned upright and
 * searched for smaller print), `without_colour` (stamps and logos faded), `second_engine` (another recogniser).
 */
export const LookKind = z.enum(['closer', 'without_colour', 'second_engine']);
export type LookKind = z.infer<typeof LookKind>;

/** What was read at a further look; places are on the same pages. */
export const Look = z.object({ kind: LookKind, provider: z.string(), pages: z.array(Page) });
export type Look = z.infer<typeof Look>;

export const Reading = z.object({
  /** Engine that produced the text: `paddle`, `tesseract`, … or `text-layer` for a PDF's own text. */
  provider: z.string(),
  profile: Profile,
  /** Mean confidence of the lines, weighted by length; 1 for a text layer. */
  confidence: z.number(),
  ms: z.number(),
  pages: z.array(Page),
  /** Of the first page's picture: 64 hex digits that the same picture, packed otherwise, shares but for a few bits. */
  pictureHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .exactOptional(),
  /** Bar codes and QR codes on the pages; readings of earlier versions have none. */
  codes: z.array(ReadCode).exactOptional(),
  /** Further looks, where there were any. */
  again: z.array(Look).exactOptional(),
});
export type Reading = z.infer<typeof Reading>;

/** The text in reading order: one printed row a line, its parts joined by a blank. */
export function readingText(reading: Reading): string {
  return reading.pages.map(pageText).join('\n');
}

export function pageText(page: Page): string {
  const rows = new Map<number, string>();
  for (const line of page.lines) {
    const before = rows.get(line.row);
    rows.set(line.row, before === undefined ? line.text : `${before} ${line.text}`);
  }
  return [...rows.values()].join('\n');
}

/** The upright rectangle that holds all the quads, to a tenth of a pixel. */
export function boxAround(page: number, quads: readonly [Quad, ...Quad[]]): Box {
  const xs = quads.flat().map(([x]) => x);
  const ys = quads.flat().map(([, y]) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  const rounded = (pixels: number) => Math.round(pixels * 10) / 10;
  return {
    page,
    x: rounded(x),
    y: rounded(y),
    width: rounded(Math.max(...xs) - x),
    height: rounded(Math.max(...ys) - y),
  };
}
