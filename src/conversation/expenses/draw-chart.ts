import { fileURLToPath } from 'node:url';
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';

export interface ChartBar {
  label: string;
  /** As people read it. */
  amount: string;
  /** Of the longest bar, 0 to 1. */
  share: number;
}

export interface Chart {
  title: string;
  total: string;
  bars: readonly ChartBar[];
}

/** Twice what a phone shows, so that the letters stay sharp. */
const width = 1080;
const margin = 64;
const headerHeight = 236;
const rowHeight = 116;
const colours = {
  paper: '#ffffff',
  ink: '#1b2733',
  quiet: '#6b7785',
  track: '#edf1f5',
  bar: '#2f9e6e',
  first: '#1d7a53',
};
const family = { regular: 'Recibot Sans', bold: 'Recibot Sans Bold' };

/** A light chart of horizontal bars, as PNG. Drawn with a font that comes with a package, so that it looks the same everywhere. */
export async function drawChart({ title, total, bars }: Chart): Promise<Uint8Array> {
  registerFonts();
  const canvas = createCanvas(width, headerHeight + bars.length * rowHeight + margin / 2);
  const paper = canvas.getContext('2d');
  paper.fillStyle = colours.paper;
  paper.fillRect(0, 0, canvas.width, canvas.height);
  write(paper, title, { x: margin, y: 92, font: `40px "${family.regular}"`, colour: colours.quiet });
  write(paper, total, { x: margin, y: 172, font: `72px "${family.bold}"`, colour: colours.ink });
  for (const [place, bar] of bars.entries()) drawBar(paper, bar, headerHeight + place * rowHeight, place === 0);
  return canvas.encode('png');
}

function drawBar(paper: SKRSContext2D, { label, amount, share }: ChartBar, top: number, isFirst: boolean): void {
  const full = width - 2 * margin;
  const amountFont = `36px "${family.bold}"`;
  paper.font = amountFont;
  const room = full - paper.measureText(amount).width - 32;
  const labelFont = `36px "${family.regular}"`;
  write(paper, cut(paper, label, labelFont, room), { x: margin, y: top + 40, font: labelFont, colour: colours.ink });
  write(paper, amount, { x: width - margin, y: top + 40, font: amountFont, colour: colours.ink, align: 'right' });
  box(paper, top + 60, full, colours.track);
  if (share > 0) box(paper, top + 60, Math.max(24, full * share), isFirst ? colours.first : colours.bar);
}

function box(paper: SKRSContext2D, top: number, length: number, colour: string): void {
  paper.fillStyle = colour;
  paper.beginPath();
  paper.roundRect(margin, top, length, 24, 12);
  paper.fill();
}

interface Writing {
  x: number;
  y: number;
  font: string;
  colour: string;
  align?: 'left' | 'right';
}

function write(paper: SKRSContext2D, text: string, { x, y, font, colour, align = 'left' }: Writing): void {
  paper.font = font;
  paper.fillStyle = colour;
  paper.textAlign = align;
  paper.fillText(text, x, y);
}

/** The text, or as much of it as fits, with an ellipsis. */
function cut(paper: SKRSContext2D, text: string, font: string, room: number): string {
  paper.font = font;
  if (paper.measureText(text).width <= room) return text;
  const signs = [...text];
  while (signs.length > 1 && paper.measureText(`${signs.join('')}…`).width > room) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}

function registerFonts(): void {
  for (const [weight, name] of Object.entries({ Regular: family.regular, Bold: family.bold })) {
    if (GlobalFonts.has(name)) continue;
    GlobalFonts.registerFromPath(
      fileURLToPath(import.meta.resolve(`pdfjs-dist/standard_fonts/LiberationSans-${weight}.ttf`)),
      name,
    );
  }
}
