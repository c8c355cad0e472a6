import type { Point, Quad } from '../../../domain/reading.ts';
import { type Component, findComponents, type Span } from './components.ts';
import { minAreaRectangle, type Rectangle } from './min-area-rectangle.ts';

/** DB post-processing constants of PP-OCRv4, settled on the development photos (`bench/read.ts` measures them). */
const pixelThreshold = 0.3;
const boxThreshold = 0.5;
const unclipRatio = 1.6;
const minAreaPixels = 10;
const minSidePixels = 3;

/** The text boxes in a detector's probability map, in map pixels; corners in no particular reading order. */
export function findTextBoxes(map: Float32Array, width: number, height: number): Quad[] {
  return findComponents(map, width, height, pixelThreshold).flatMap((component) => {
    const rectangle = textRectangle(component);
    return rectangle ? [corners(unclip(rectangle))] : [];
  });
}

function textRectangle(component: Component): Rectangle | null {
  const area = component.reduce((sum, span) => sum + span.right - span.left + 1, 0);
  if (area < minAreaPixels) return null;
  const score = component.reduce((sum, span) => sum + span.sum, 0) / area;
  if (score < boxThreshold) return null;
  const rectangle = minAreaRectangle(component.flatMap(spanCorners));
  if (!rectangle || Math.min(rectangle.width, rectangle.height) < minSidePixels) return null;
  return rectangle;
}

function spanCorners({ y, left, right }: Span): Point[] {
  return [
    [left, y],
    [right + 1, y],
    [left, y + 1],
    [right + 1, y + 1],
  ];
}

/** The network is trained on shrunken boxes: grow each side by area × ratio ÷ perimeter to hold the whole letters. */
function unclip(rectangle: Rectangle): Rectangle {
  const { width, height } = rectangle;
  const margin = (width * height * unclipRatio) / (2 * (width + height));
  return { ...rectangle, width: width + 2 * margin, height: height + 2 * margin };
}

function corners({ centre: [x, y], direction: [ux, uy], width, height }: Rectangle): Quad {
  const corner = (u: number, v: number): Point => [x + u * ux - v * uy, y + u * uy + v * ux];
  const [halfWidth, halfHeight] = [width / 2, height / 2];
  return [
    corner(-halfWidth, -halfHeight),
    corner(halfWidth, -halfHeight),
    corner(halfWidth, halfHeight),
    corner(-halfWidth, halfHeight),
  ];
}
