import type { Block } from '@aws-sdk/client-textract';
import type { Point, Quad, Word } from '../../../domain/reading.ts';
import type { FoundLine } from '../engine.ts';

type Size = { readonly width: number; readonly height: number };

/** Textract's lines with their words, in pixels of a picture of that size. */
export function textractLines(blocks: readonly Block[], size: Size): FoundLine[] {
  const words = new Map(
    blocks.flatMap((block) => (block.BlockType === 'WORD' && block.Id ? [[block.Id, block] as const] : [])),
  );
  return blocks.flatMap((block) => {
    const line = block.BlockType === 'LINE' ? wordOf(block, size) : null;
    if (!line) return [];
    const ids = block.Relationships?.find(({ Type }) => Type === 'CHILD')?.Ids ?? [];
    const parts = ids.flatMap((id) => wordOf(words.get(id), size) ?? []);
    return [{ ...line, words: parts.length > 0 ? parts : [line] }];
  });
}

function wordOf(block: Block | undefined, { width, height }: Size): Word | null {
  const [a, b, c, d] = (block?.Geometry?.Polygon ?? []).map(({ X = 0, Y = 0 }): Point => [X * width, Y * height]);
  if (!block?.Text || !a || !b || !c || !d) return null;
  const quad: Quad = [a, b, c, d];
  return { text: block.Text, confidence: (block.Confidence ?? 90) / 100, quad };
}
