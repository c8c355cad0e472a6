import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Canvas, createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import sharp from 'sharp';
import { textLine } from './text-line.ts';

export type Random = () => number;

/** Numbers from 0 to 1 that are the same each time (mulberry32, public domain). */
export function createRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Freely licensed (SIL Open Font License), and in a package that is here anyway. */
const faces = ['Regular', 'Bold', 'Italic'].map((style) => ({
  name: `Calibration ${style}`,
  file: `LiberationSans-${style}.ttf`,
}));

/** A photo, as it were, of a made-up receipt: on a table, somewhat turned, unevenly lit, blurred, with the noise of a sensor. */
export async function photographedReceipt(random: Random): Promise<Buffer> {
  registerFonts();
  const [width, height] = [700 + Math.round(random() * 700), 1100 + Math.round(random() * 900)];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  paintTable(context, canvas, random);
  context.translate(width / 2, height / 2);
  context.rotate((random() < 0.25 ? random() - 0.5 : (random() - 0.5) * 0.12) * 1.2);
  const [paperWidth, paperHeight] = [width * (0.45 + random() * 0.5), height * (0.55 + random() * 0.42)];
  context.translate(-paperWidth / 2, -paperHeight / 2);
  paintPaper(context, paperWidth, paperHeight, random);
  paintLight(context, canvas, random);
  return photograph(canvas, random);
}

function registerFonts(): void {
  const folder = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'standard_fonts');
  for (const { name, file } of faces)
    if (!GlobalFonts.has(name)) GlobalFonts.registerFromPath(join(folder, file), name);
}

function paintTable(context: SKRSContext2D, { width, height }: Canvas, random: Random): void {
  const tone = Math.round(random() * 235);
  context.fillStyle = `rgb(${tone}, ${Math.round(tone * (0.7 + random() * 0.3))}, ${Math.round(tone * (0.5 + random() * 0.5))})`;
  context.fillRect(0, 0, width, height);
  for (let stripe = 0; stripe < 60; stripe++) {
    context.fillStyle = `rgba(${random() < 0.5 ? '0,0,0' : '255,255,255'},${random() * 0.12})`;
    context.fillRect(0, random() * height, width, 2 + random() * 40);
  }
}

function paintPaper(context: SKRSContext2D, width: number, height: number, random: Random): void {
  const paper = 200 + Math.round(random() * 55);
  context.fillStyle = `rgb(${paper}, ${paper}, ${paper - Math.round(random() * 25)})`;
  context.fillRect(0, 0, width, height);
  const size = 13 + random() * 26;
  const ink = Math.round(random() * 110);
  let y = size * 2;
  while (y < height - size) {
    const isTall = random() < 0.1;
    paintLine(context, { y, width, size: isTall ? size * 1.7 : size, ink }, random);
    y += size * (isTall ? 2.4 : 1.25 + random() * 0.5);
  }
  if (random() < 0.4) paintStamp(context, width, height, random);
}

type Printed = { readonly y: number; readonly width: number; readonly size: number; readonly ink: number };

function paintLine(context: SKRSContext2D, { y, width, size, ink }: Printed, random: Random): void {
  const face = faces[Math.floor(random() * faces.length)] ?? faces[0];
  context.font = `${size}px "${face?.name}"`;
  const isInverted = random() < 0.05;
  context.fillStyle = `rgb(${ink}, ${ink}, ${ink})`;
  if (isInverted) {
    context.fillRect(0, y - size, width, size * 1.3);
    context.fillStyle = '#fff';
  }
  const [left, right] = textLine(random);
  const stretch = 0.7 + random() * 0.6;
  context.save();
  context.scale(stretch, 1);
  context.fillText(left, (width * (right ? 0.04 : random() * 0.3)) / stretch, y);
  if (right) context.fillText(right, (width * 0.72) / stretch, y);
  context.restore();
}

function paintStamp(context: SKRSContext2D, width: number, height: number, random: Random): void {
  context.save();
  context.translate(width * random(), height * random());
  context.rotate(random() * 2 - 1);
  context.font = `${30 + random() * 40}px "${faces[1]?.name}"`;
  context.fillStyle = random() < 0.6 ? 'rgba(40,90,190,0.6)' : 'rgba(200,40,40,0.6)';
  context.fillText('PAGADO', 0, 0);
  context.restore();
}

function paintLight(context: SKRSContext2D, { width, height }: Canvas, random: Random): void {
  context.resetTransform();
  const light = context.createLinearGradient(random() * width, 0, random() * width, height);
  light.addColorStop(0, `rgba(0,0,0,${random() * 0.5})`);
  light.addColorStop(random(), 'rgba(0,0,0,0)');
  light.addColorStop(1, `rgba(0,0,0,${random() * 0.4})`);
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
}

async function photograph(canvas: Canvas, random: Random): Promise<Buffer> {
  const { width, height } = canvas;
  const rgba = Buffer.from(canvas.data());
  const loudness = random() * 36;
  for (let at = 0; at < rgba.length; at += 4) {
    const noise = (random() + random() - 1) * loudness;
    for (let channel = 0; channel < 3; channel++)
      rgba[at + channel] = Math.max(0, Math.min(255, (rgba[at + channel] ?? 0) + noise));
  }
  const picture = sharp(rgba, { raw: { width, height, channels: 4 } }).removeAlpha();
  return (random() < 0.6 ? picture.blur(0.4 + random() * 1.2) : picture).png({ compressionLevel: 1 }).toBuffer();
}
