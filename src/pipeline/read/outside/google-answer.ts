import { z } from 'zod';
import type { Point, Quad, Word } from '../../../domain/reading.ts';
import type { FoundLine } from '../engine.ts';

/** Zero is left out on the wire. */
const Vertex = z.object({ x: z.number().default(0), y: z.number().default(0) });
const BoundingPoly = z.object({
  vertices: z.array(Vertex).optional(),
  normalizedVertices: z.array(Vertex).optional(),
});
const GoogleSymbol = z.object({
  text: z.string().default(''),
  property: z.object({ detectedBreak: z.object({ type: z.string().optional() }).optional() }).optional(),
});
const GoogleWord = z.object({
  boundingBox: BoundingPoly.optional(),
  symbols: z.array(GoogleSymbol).default([]),
  confidence: z.number().default(0.9),
});
type GoogleWord = z.infer<typeof GoogleWord>;
const Paragraph = z.object({ words: z.array(GoogleWord).default([]) });
const Block = z.object({ paragraphs: z.array(Paragraph).default([]) });
const GooglePage = z.object({
  width: z.number().optional(),
  height: z.number().optional(),
  blocks: z.array(Block).default([]),
});

/** `AnnotateImageResponse` of Google Cloud Vision v1, as far as text goes. */
export const ImageResponse = z.object({
  fullTextAnnotation: z.object({ pages: z.array(GooglePage).default([]) }).optional(),
  context: z.object({ pageNumber: z.number().optional() }).optional(),
  error: z.object({ code: z.number().default(0), message: z.string().default('') }).optional(),
});
export type ImageResponse = z.infer<typeof ImageResponse>;

type Size = { readonly width: number; readonly height: number };

const endOfLine: ReadonlySet<string> = new Set(['LINE_BREAK', 'EOL_SURE_SPACE']);

/** The lines of a page in pixels of a picture of that size, words joined up to where Google saw the line end. */
export function googleLines({ fullTextAnnotation }: ImageResponse, size: Size): FoundLine[] {
  const pages = fullTextAnnotation?.pages ?? [];
  return pages.flatMap((page) => {
    const seen = { width: page.width || size.width, height: page.height || size.height };
    const paragraphs = page.blocks.flatMap(({ paragraphs }) => paragraphs);
    return paragraphs.flatMap(({ words }) => linesOf(words, seen, size));
  });
}

function linesOf(words: readonly GoogleWord[], seen: Size, size: Size): FoundLine[] {
  const lines: FoundLine[] = [];
  let open: Word[] = [];
  for (const word of words) {
    const text = word.symbols.map((symbol) => symbol.text).join('');
    const quad = quadOf(word.boundingBox, seen, size);
    if (text && quad) open.push({ text, confidence: word.confidence, quad });
    if (endOfLine.has(word.symbols.at(-1)?.property?.detectedBreak?.type ?? '')) {
      lines.push(...lineOf(open));
      open = [];
    }
  }
  return [...lines, ...lineOf(open)];
}

/** A line of words in their order; none of no words. */
export function lineOf(words: readonly Word[]): FoundLine[] {
  const [first] = words;
  const last = words.at(-1);
  if (!first || !last) return [];
  const confidence = words.reduce((sum, word) => sum + word.confidence, 0) / words.length;
  const quad: Quad = [first.quad[0], last.quad[1], last.quad[2], first.quad[3]];
  return [{ text: words.map(({ text }) => text).join(' '), confidence, quad, words }];
}

function quadOf(poly: z.infer<typeof BoundingPoly> | undefined, seen: Size, size: Size): Quad | null {
  const normalized = poly?.normalizedVertices ?? [];
  const corners = normalized.length >= 4 ? normalized : (poly?.vertices ?? []);
  const [scaleX, scaleY] =
    normalized.length >= 4 ? [size.width, size.height] : [size.width / seen.width, size.height / seen.height];
  const [a, b, c, d] = corners.map(({ x, y }): Point => [x * scaleX, y * scaleY]);
  return a && b && c && d ? [a, b, c, d] : null;
}
