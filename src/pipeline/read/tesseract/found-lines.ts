import type { Bbox, Line, Page, Word } from 'tesseract.js';
import type { FoundLine } from '../engine.ts';
import { uprightQuad } from '../quad.ts';

/** Lines below are noise: logos, edges, hands. */
const minConfidence = 0.3;

/** Tesseract's tree of blocks, paragraphs and lines as flat lines; its percentages as 0 to 1. */
export function toFoundLines({ blocks }: Pick<Page, 'blocks'>): FoundLine[] {
  const lines = (blocks ?? []).flatMap((block) => block.paragraphs.flatMap((paragraph) => paragraph.lines));
  return lines.map(toFoundLine).filter((line) => line.text !== '' && line.confidence >= minConfidence);
}

function toFoundLine(line: Line): FoundLine {
  const words = line.words.filter((word) => word.text.trim() !== '').map(toWord);
  return {
    text: words.map(({ text }) => text).join(' '),
    confidence: line.confidence / 100,
    quad: toQuad(line.bbox),
    words,
  };
}

function toWord(word: Word) {
  return { text: word.text.trim(), confidence: word.confidence / 100, quad: toQuad(word.bbox) };
}

function toQuad({ x0, y0, x1, y1 }: Bbox) {
  return uprightQuad(x0, y0, x1, y1);
}
