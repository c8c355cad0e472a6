import type { PageViewport, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Point, Quad } from '../../../domain/reading.ts';
import type { FoundLine } from '../engine.ts';
import { sliceQuad } from '../quad.ts';
import { type Fragment, joinFragments } from './join-fragments.ts';

/** Fewer letters and digits are a scanner's watermark ("Scanned by CamScanner"), not the document. */
const minMeaningfulMarks = 32;
/** Above this share of unknown marks the font has no usable table of characters: the page is read as a picture. */
const maxUnknownShare = 0.1;
/** Pieces of text on a page; a receipt has hundreds, an invoice full of small print a few thousand. */
const maxItems = 20_000;
/** Part of the font's size above the baseline, and below it. */
const ascent = 0.8;
const descent = 0.2;

/** The text a page carries, in pixels of `viewport`; no lines when it has none worth the name. */
export async function readTextLayer(page: PDFPageProxy, viewport: PageViewport): Promise<FoundLine[]> {
  const { items } = await page.getTextContent();
  const fragments = items.slice(0, maxItems).flatMap((item) => {
    if (!('str' in item) || item.str.trim() === '') return [];
    const matrix = multiply(viewport.transform, item.transform);
    return splitItem(item.str, itemQuad(matrix, item.width * viewport.scale));
  });
  return isMeaningful(fragments.map(({ text }) => text).join('')) ? joinFragments(fragments) : [];
}

export function isMeaningful(text: string): boolean {
  const marks = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const unknown = text.match(/[\p{Co}\p{Cc}\p{Cn}\ufffd]/gu)?.length ?? 0;
  return marks >= minMeaningfulMarks && unknown <= text.length * maxUnknownShare;
}

function itemQuad([a = 1, b = 0, c = 0, d = -1, e = 0, f = 0]: number[], width: number): Quad {
  const length = Math.hypot(a, b) || 1;
  const [alongX, alongY] = [(a / length) * width, (b / length) * width];
  const corner = (along: number, up: number): Point => [e + alongX * along + c * up, f + alongY * along + d * up];
  return [corner(0, ascent), corner(1, ascent), corner(1, -descent), corner(0, -descent)];
}

/** PDF's transformation matrices [a b c d e f]: first `inner`, then `outer`. */
function multiply(outer: readonly number[], inner: readonly number[]): number[] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = outer;
  const apply = (x = 0, y = 0) => [a * x + c * y, b * x + d * y] as const;
  const [x, y] = apply(inner[4], inner[5]);
  return [...apply(inner[0], inner[1]), ...apply(inner[2], inner[3]), x + e, y + f];
}

/** A run of text may hold several words; without the font's widths each character is taken as equally wide. */
function splitItem(text: string, quad: Quad): Fragment[] {
  return [...text.matchAll(/\S+/g)].map((match) => ({
    text: match[0].normalize('NFKC'),
    quad: sliceQuad(quad, match.index / text.length, (match.index + match[0].length) / text.length),
  }));
}
