import { createCanvas } from '@napi-rs/canvas';
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { rasterFromRgba } from '../image/page-image.ts';
import { fitRaster, type Raster } from '../raster.ts';

type RenderParameters = Parameters<PDFPageProxy['render']>[0];

/** Draws a page straight at the size the recogniser works with, however large the paper claims to be. */
export async function renderPage(page: PDFPageProxy, full: { width: number; height: number }): Promise<Raster> {
  const { width, height } = fitRaster(full.width, full.height);
  const unscaled = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: Math.min(width / unscaled.width, height / unscaled.height) });
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  // pdfjs is typed for a browser's canvas, which has no type here; this one does what pdfjs needs of it.
  const canvasContext = context as unknown as RenderParameters['canvasContext'];
  await page.render({ canvas: null, canvasContext, viewport } as RenderParameters).promise;
  return rasterFromRgba(context.getImageData(0, 0, width, height).data, width, height);
}
