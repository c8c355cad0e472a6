import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Tensor } from '../../../../../src/pipeline/read/paddle/sessions.ts';
import { receiptLines, registerFont } from '../../drawn-receipt.ts';

/** A page of text as the detector takes it; sides are multiples of 32. */
export function drawnPage(width: number, height: number): Tensor {
  return drawn(width, height, (context) => {
    context.font = `18px "${registerFont()}"`;
    for (const [index, line] of receiptLines.entries()) context.fillText(line, 20, 40 + index * 30);
  });
}

/** A line of text as the recogniser takes it. */
export function drawnLine(text: string): Tensor {
  return drawn(Math.ceil((text.length * 20) / 8) * 8 + 40, 48, (context) => {
    context.font = `32px "${registerFont()}"`;
    context.fillText(text, 8, 35);
  });
}

/** Black on white; values from -1 to 1, one plane a colour. */
function drawn(width: number, height: number, draw: (context: SKRSContext2D) => void): Tensor {
  const context = createCanvas(width, height).getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#111';
  draw(context);
  const { data: pixels } = context.getImageData(0, 0, width, height);
  const plane = width * height;
  const data = Float32Array.from({ length: 3 * plane }, (_, index) => {
    const [colour, pixel] = [Math.floor(index / plane), index % plane];
    return (pixels[pixel * 4 + colour] ?? 0) / 127.5 - 1;
  });
  return { data, dims: [1, 3, height, width] };
}
