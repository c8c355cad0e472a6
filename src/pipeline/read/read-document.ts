import type { ReadCode } from '../../domain/code.ts';
import { type Page, type Profile, pageText, type Reading } from '../../domain/reading.ts';
import { expectsCode } from './codes/expected.ts';
import type { CodeReader } from './codes/read-codes.ts';
import { type FoundLine, mapLine, scaleLine } from './engine.ts';
import { type LookRequest, type View, viewOf } from './look/look.ts';
import { openSource } from './open-source.ts';
import { pictureHash } from './picture-hash.ts';
import type { Raster } from './raster.ts';
import { arrangeRows } from './rows.ts';
import type { SourcePage } from './source.ts';

/** Reads a page's raster with the first engine that works. */
export type Engines = {
  /** `page` counts from 1. */
  read(
    raster: Raster,
    profile: Profile,
    how?: View['how'],
    page?: number,
  ): Promise<{ provider: string; lines: readonly FoundLine[] }>;
};

type DocumentRequest = {
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly profile: Profile;
  /** Left out at the first look, the only one at which codes are read. */
  readonly look?: LookRequest;
};

/** What a document is read with. */
type Readers = { readonly engines: Engines; readonly codes: CodeReader };

/** Codes kept of a document: a fiscal document has one to three. */
const maxCodes = 20;

/** Reads all pages of a document in turn, their text and their codes; `onPage(done, pages)` is called before the first and after each. */
export async function readDocument(
  request: DocumentRequest,
  readers: Readers,
  onPage: (done: number, pages: number) => void,
): Promise<Reading> {
  const began = performance.now();
  const source = await openSource(request.bytes, request.mime);
  try {
    const pages: Page[] = [];
    const codes: ReadCode[] = [];
    let hash: string | undefined;
    const providers = new Set<string>();
    onPage(0, source.pageCount);
    for (let index = 0; index < source.pageCount; index++) {
      const sourcePage = await source.page(index);
      const { provider, page } = await readPage(sourcePage, index + 1, request, readers.engines);
      pages.push(page);
      if (index === 0 && sourcePage.kind === 'image') hash = pictureHash(sourcePage.image.raster);
      if (!request.look && codes.length < maxCodes)
        codes.push(...(await readPageCodes(sourcePage, page, request, readers.codes)));
      providers.add(provider);
      onPage(pages.length, source.pageCount);
    }
    const ms = Math.round(performance.now() - began);
    return {
      provider: [...providers].filter(Boolean).join('+'),
      profile: request.profile,
      confidence: meanConfidence(pages),
      ms,
      pages,
      ...(hash ? { pictureHash: hash } : {}),
      ...(codes.length > 0 ? { codes: codes.slice(0, maxCodes) } : {}),
    };
  } finally {
    await source.close();
  }
}

async function readPage(source: SourcePage, number: number, { profile, look }: DocumentRequest, engines: Engines) {
  if (source.kind === 'text') {
    return { provider: 'text-layer', page: toPage(source.width, source.height, number, source.lines) };
  }
  const { raster, width, height } = source.image;
  const [factorX, factorY] = [width / raster.width, height / raster.height];
  const view: View = look ? viewOf(look, number, raster, [1 / factorX, 1 / factorY]) : { raster, how: {} };
  const { provider, lines } = await engines.read(view.raster, profile, view.how, number);
  const { back } = view;
  const placed = back ? lines.map((line) => mapLine(line, back)) : lines;
  const scaled = placed.map((line) => scaleLine(line, factorX, factorY));
  return { provider, page: toPage(width, height, number, scaled) };
}

/**
 * The codes of a page; none when they cannot be read, since the text is worth having alone. A page that carries its own text is drawn
 * for them only where it is the first or speaks of one.
 */
async function readPageCodes(
  source: SourcePage,
  page: Page,
  { profile }: DocumentRequest,
  read: CodeReader,
): Promise<ReadCode[]> {
  const isExpected = expectsCode(pageText(page));
  if (source.kind === 'text' && page.number > 1 && !isExpected) return [];
  try {
    const image = source.kind === 'text' ? await source.draw() : source.image;
    const isThorough = isExpected || profile === 'high_confidence';
    return await read({ image, page: page.number, angle: page.angle, isExpected: isThorough });
  } catch {
    return [];
  }
}

function toPage(width: number, height: number, number: number, lines: readonly FoundLine[]): Page {
  return { number, width, height, ...arrangeRows(lines) };
}

/** Weighted by length; 0 without any text. */
export function meanConfidence(pages: readonly Page[]): number {
  const lines = pages.flatMap((page) => page.lines);
  const length = lines.reduce((sum, line) => sum + line.text.length, 0);
  const total = lines.reduce((sum, line) => sum + line.text.length * line.confidence, 0);
  return length === 0 ? 0 : total / length;
}
