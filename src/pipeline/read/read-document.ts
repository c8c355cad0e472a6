import type { Page, Profile, Reading } from '../../domain/reading.ts';
import { type FoundLine, type OcrEngine, scaleLine } from './engine.ts';
import { openSource } from './open-source.ts';
import { arrangeRows } from './rows.ts';
import type { SourcePage } from './source.ts';

/** Reads a page's raster with the first engine that works. */
export type Engines = {
  read(...args: Parameters<OcrEngine['read']>): Promise<{ provider: string; lines: readonly FoundLine[] }>;
};

type DocumentRequest = { readonly bytes: Uint8Array; readonly mime: string; readonly profile: Profile };

/** Reads all pages of a document in turn; `onPage(done, pages)` is called before the first and after each. */
export async function readDocument(
  request: DocumentRequest,
  engines: Engines,
  onPage: (done: number, pages: number) => void,
): Promise<Reading> {
  const began = performance.now();
  const source = await openSource(request.bytes, request.mime);
  try {
    const pages: Page[] = [];
    const providers = new Set<string>();
    onPage(0, source.pageCount);
    for (let index = 0; index < source.pageCount; index++) {
      const { provider, page } = await readPage(await source.page(index), index + 1, request.profile, engines);
      pages.push(page);
      providers.add(provider);
      onPage(pages.length, source.pageCount);
    }
    const ms = Math.round(performance.now() - began);
    return {
      provider: [...providers].join('+'),
      profile: request.profile,
      confidence: meanConfidence(pages),
      ms,
      pages,
    };
  } finally {
    await source.close();
  }
}

async function readPage(source: SourcePage, number: number, profile: Profile, engines: Engines) {
  if (source.kind === 'text') {
    return { provider: 'text-layer', page: toPage(source.width, source.height, number, source.lines) };
  }
  const { raster, width, height } = source.image;
  const { provider, lines } = await engines.read(raster, profile);
  const scaled = lines.map((line) => scaleLine(line, width / raster.width, height / raster.height));
  return { provider, page: toPage(width, height, number, scaled) };
}

function toPage(width: number, height: number, number: number, lines: readonly FoundLine[]): Page {
  return { number, width, height, ...arrangeRows(lines) };
}

/** Weighted by length; 0 without any text. */
function meanConfidence(pages: readonly Page[]): number {
  const lines = pages.flatMap((page) => page.lines);
  const length = lines.reduce((sum, line) => sum + line.text.length, 0);
  const total = lines.reduce((sum, line) => sum + line.text.length * line.confidence, 0);
  return length === 0 ? 0 : total / length;
}
