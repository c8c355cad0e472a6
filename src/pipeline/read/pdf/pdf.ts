import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { Failure } from '../../../domain/failure.ts';
import { maxImagePixels } from '../image/page-image.ts';
import { maxPages, type Source } from '../source.ts';
import { renderPage } from './render-page.ts';
import { readTextLayer } from './text-layer.ts';

/** Pages are measured at this resolution: the size of print that the recogniser is used to. */
const dotsPerInch = 200;
const pointsPerInch = 72;

/**
 * A PDF's pages: those with a text layer as text, the others as pictures.
 * @throws {Failure} `encrypted-pdf`, `too-many-pages`, `damaged-file`.
 */
export async function openPdf(bytes: Uint8Array): Promise<Source> {
  const document = await openDocument(bytes);
  const pageCount = document.numPages;
  const close = () => document.loadingTask.destroy();
  if (pageCount > maxPages) {
    await close();
    throw new Failure('too-many-pages', 'ask', `${pageCount} pages, at most ${maxPages}`);
  }
  return {
    pageCount,
    close,
    async page(index) {
      const page = await document.getPage(index + 1).catch((error: unknown) => {
        throw damaged(error);
      });
      const viewport = page.getViewport({ scale: dotsPerInch / pointsPerInch });
      const lines = await readTextLayer(page, viewport).catch(() => []);
      const size = { width: Math.ceil(viewport.width), height: Math.ceil(viewport.height) };
      const draw = async () => ({ raster: await renderPage(document, page, size), ...size });
      if (lines.length > 0) return { kind: 'text', lines, draw, ...size };
      const image = await draw().catch((error: unknown) => {
        throw damaged(error);
      });
      return { kind: 'image', image };
    },
  };
}

async function openDocument(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  try {
    return await getDocument({
      data: new Uint8Array(bytes),
      // Fonts and tables from the package only: nothing from the system or the network, no code from the file.
      standardFontDataUrl: join(folder, 'standard_fonts/'),
      cMapUrl: join(folder, 'cmaps/'),
      wasmUrl: join(folder, 'wasm/'),
      iccUrl: join(folder, 'iccs/'),
      useSystemFonts: false,
      disableFontFace: true,
      useWorkerFetch: false,
      isEvalSupported: false,
      enableXfa: false,
      maxImageSize: maxImagePixels,
      verbosity: 0,
    }).promise;
  } catch (error) {
    // pdfjs does not export the class.
    if (error instanceof Error && error.name === 'PasswordException')
      throw new Failure('encrypted-pdf', 'ask', 'the PDF asks for a password');
    throw damaged(error);
  }
}

function damaged(cause: unknown): Failure {
  return new Failure('damaged-file', 'ask', 'the PDF cannot be read', { cause });
}
