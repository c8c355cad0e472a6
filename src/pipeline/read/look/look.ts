import type { LookKind, Page, Point, Quad } from '../../../domain/reading.ts';
import { type FoundLine, type HowToRead, mapLine } from '../engine.ts';
import type { Raster } from '../raster.ts';
import { straighten } from './straightened.ts';
import { coverage, textArea } from './text-area.ts';
import { withoutColour } from './without-colour.ts';

/** Asks for a further look; `pages` is what the first one read. */
export type LookRequest = { readonly kind: LookKind; readonly pages: readonly Page[] };

/** What an engine gets to see at a look; `back` maps its points to the page's raster. */
export type View = {
  readonly raster: Raster;
  readonly how: HowToRead & { readonly isSecond?: boolean };
  readonly back?: (point: Point) => Point;
};

/** Text that fills the page is not nearer when it is cut out: smaller print has to be searched for instead. */
const fillingShare = 0.6;

/** `scale`: pixels of the raster for each of the page, in both directions. */
export function viewOf({ kind, pages }: LookRequest, number: number, raster: Raster, scale: Point): View {
  const page = pages.find((candidate) => candidate.number === number);
  const area = page ? textArea(page) : null;
  const toRaster = ([x, y]: Point): Point => [x * scale[0], y * scale[1]];
  const known = (page?.lines ?? []).map((line) => mapLine(line, toRaster));
  if (kind === 'without_colour') return { raster: withoutColour(raster), how: { known } };
  if (!page || !area) return { raster, how: kind === 'closer' ? { known, isFine: true } : { isSecond: true } };
  const quad: Quad = [toRaster(area.quad[0]), toRaster(area.quad[1]), toRaster(area.quad[2]), toRaster(area.quad[3])];
  const { forth, ...straight } = straighten(raster, quad, area.angle);
  const moved: FoundLine[] = known.map((line) => mapLine(line, forth));
  if (kind === 'second_engine') return { ...straight, how: { isSecond: true } };
  return { ...straight, how: { known: moved, isFine: coverage(page, area) > fillingShare } };
}
