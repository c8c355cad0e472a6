import type { Quad } from '../../../domain/reading.ts';
import type { FoundLine } from '../engine.ts';
import { distance, quadCentre, quadHeight, quadWidth } from '../quad.ts';

/** Below this a line is read again even in the same place. */
const sureConfidence = 0.95;

/** Parts lines into those that are known surely, and those that have to be read. */
export function withoutKnown(
  quads: readonly Quad[],
  known: readonly FoundLine[],
): { found: readonly FoundLine[]; open: readonly Quad[] } {
  const sure = known.filter(({ confidence }) => confidence >= sureConfidence);
  const found: FoundLine[] = [];
  const open = quads.filter((quad) => {
    const same = sure.find((line) => isSamePlace(line.quad, quad));
    if (same) found.push(same);
    return !same;
  });
  return { found, open };
}

/** A box that is wider may hold a character more. */
function isSamePlace(a: Quad, b: Quad): boolean {
  const [height, width] = [quadHeight(a), quadWidth(a)];
  const isNear = distance(quadCentre(a), quadCentre(b)) < 0.3 * height;
  return isNear && Math.abs(quadWidth(b) - width) < 0.5 * height && Math.abs(quadHeight(b) - height) < 0.25 * height;
}
