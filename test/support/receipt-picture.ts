import { fileURLToPath } from 'node:url';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';

const fontFile = fileURLToPath(import.meta.resolve('pdfjs-dist/standard_fonts/LiberationSans-Regular.ttf'));
const family = 'Recibot Test Sans';
const lineHeight = 34;
const width = 460;

/** A ticket as a shop would print it, drawn with a font that comes with a package, so that it looks the same everywhere. */
export async function aReceiptPicture(rows: readonly string[]): Promise<Buffer> {
  if (!GlobalFonts.has(family)) GlobalFonts.registerFromPath(fontFile, family);
  const canvas = createCanvas(width, (rows.length + 2) * lineHeight);
  const paper = canvas.getContext('2d');
  paper.fillStyle = '#fff';
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.fillStyle = '#222';
  paper.font = `24px "${family}"`;
  for (const [row, text] of rows.entries()) paper.fillText(text, 24, (row + 1.5) * lineHeight);
  return canvas.encode('png');
}

/** A small purchase whose every value follows from `number`. */
export function aPurchase(number: number): { rows: string[]; total: string; folio: string } {
  const total = `${100 + number}.50`;
  const folio = String(70_000 + number);
  const rows = [
    'ABARROTES LA MUESTRA',
    'Av. Juarez 12, Col. Centro',
    'TICKET DE VENTA',
    `FOLIO: ${folio}`,
    'FECHA: 14/01/2026 18:05',
    `1 CAFE MOLIDO   ${total}`,
    `TOTAL $ ${total}`,
    `EFECTIVO ${total}`,
    'CAMBIO 0.00',
    'GRACIAS POR SU COMPRA',
  ];
  return { rows, total, folio };
}
