import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { rasterFromRgba } from '../image/page-image.ts';
import { fitRaster, type Raster } from '../raster.ts';

/** What pdfjs makes of `@napi-rs/canvas`; it has no type for it outside a browser. */
type CanvasFactory = { create(width: number, height: number): { canvas: unknown; context: Context } };
type Context = {
  getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
};
type RenderParameters = Parameters<PDFPageProxy['render']>[0];

/** Draws a page straight at the size the recogniser works with, however large the paper claims to be. */
export async function renderPage(
  document: PDFDocumentProxy,
  page: PDFPageProxy,
  full: { width: number; height: number },
): Promise<Raster> {
  const { width, height } = fitRaster(full.width, full.height);
  const unscaled = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: Math.min(width / unscaled.width, height / unscaled.height) });
  // Its own factory: a canvas of another copy of the library ends the whole process.
  const factory = document.canvasFactory as CanvasFactory;
  const { canvas, context } = factory.create(width, height);
  // The parameters are typed for a browser's canvas.
  await page.render({ canvas, canvasContext: context, viewport, background: '#fff' } as unknown as RenderParameters)
    .promise;
  return rasterFromRgba(context.getImageData(0, 0, width, height).data, width, height);
}
