import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';

/** Made up; every line can be told from the others by one word. */
export const receiptLines = [
  'FERRETERIA EL TORNILLO',
  'AVENIDA HIDALGO 1250 COL CENTRO',
  'TELEFONO 33 1234 5678',
  'FECHA 19/03/2025 HORA 13:10',
  'FOLIO 482731',
  'MARTILLO CURVO 250.00',
  'DESARMADOR PLANO 142.50',
  'CINTA METRICA 5 M 99.90',
  'SUBTOTAL 424.48',
  'IMPUESTO 16% 67.92',
  'TOTAL 492.40',
  'GRACIAS POR SU COMPRA',
] as const;

export const receiptSize = { width: 700, height: 900 } as const;
const margin = 60;
const lineHeight = 66;
const fontSize = 34;

/** A receipt as PNG, in a font that comes with a package, so that it looks alike everywhere. */
export function drawReceipt(lines: readonly string[] = receiptLines): Buffer {
  const canvas = createCanvas(receiptSize.width, receiptSize.height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#111';
  context.font = `${fontSize}px "${registerFont()}"`;
  for (const [index, line] of lines.entries()) context.fillText(line, margin, baselineOf(index));
  return canvas.toBuffer('image/png');
}

/** Middle of the first word of a line in the drawing: near its left edge, half a capital above the baseline. */
export function startOfLine(index: number): { x: number; y: number } {
  return { x: margin, y: baselineOf(index) - fontSize * 0.36 };
}

function baselineOf(index: number): number {
  return margin + index * lineHeight + fontSize;
}

export function registerFont(): string {
  const name = 'Recibot Test';
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  if (!GlobalFonts.has(name))
    GlobalFonts.registerFromPath(join(folder, 'standard_fonts/LiberationSans-Regular.ttf'), name);
  return name;
}
