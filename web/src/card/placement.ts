import type { Box } from '../../../src/domain/reading.ts';

export interface Size {
  width: number;
  height: number;
}

/** How an image lies in its frame: scaled by `scale`, its corner at (x, y) of the frame. */
export interface Placement {
  scale: number;
  x: number;
  y: number;
}

const mostZoom = 3.5;
/** Share of the frame that a field in focus may fill. */
const focusShare = { width: 0.86, height: 0.3 };

/** The whole image in the frame; with a box, that box in the middle, enlarged, and the frame still full. */
export function place(image: Size, frame: Size, box: Box | null): Placement {
  const fit = Math.min(frame.width / image.width, frame.height / image.height);
  const scale = box ? fit * zoomFor(box, frame, fit) : fit;
  const centre = box
    ? { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    : { x: image.width / 2, y: image.height / 2 };
  return {
    scale,
    x: within(frame.width / 2 - centre.x * scale, frame.width, image.width * scale),
    y: within(frame.height / 2 - centre.y * scale, frame.height, image.height * scale),
  };
}

function zoomFor(box: Box, frame: Size, fit: number): number {
  const widest = (frame.width * focusShare.width) / (box.width * fit);
  const tallest = (frame.height * focusShare.height) / (box.height * fit);
  return Math.max(1, Math.min(mostZoom, widest, tallest));
}

/** Keeps the image over the frame, or in its middle where it is smaller. */
function within(offset: number, frame: number, image: number): number {
  if (image <= frame) return (frame - image) / 2;
  return Math.min(0, Math.max(frame - image, offset));
}
