import type { LookKind, Point, Quad } from '../../../domain/reading.ts';
import type { HowToRead } from '../engine.ts';
import type { Raster } from '../raster.ts';
import { straighten } from './straightened.ts';
import { withoutColour } from './without-colour.ts';

/** Where on a page its text is: a rectangle along the text, and its direction in degrees, clockwise. */
export type TextArea = { readonly page: number; readonly quad: Quad; readonly angle: number };

/** Asks for a further look; pages without a known area are looked at whole. */
export type LookRequest = { readonly kind: LookKind; readonly areas: readonly TextArea[] };

/** What an engine gets to see at a look; `back` maps its points to the page's raster. */
export type View = {
  readonly raster: Raster;
  readonly how: HowToRead & { readonly isSecond?: boolean };
  readonly back?: (point: Point) => Point;
};

/** `scale`: pixels of the raster for each of the page, in both directions. */
export function viewOf({ kind, areas }: LookRequest, page: number, raster: Raster, scale: Point): View {
  if (kind === 'without_colour') return { raster: withoutColour(raster), how: {} };
  const how = kind === 'closer' ? { isFine: true } : { isSecond: true };
  const area = areas.find((candidate) => candidate.page === page);
  const scaled = ([x, y]: Point): Point => [x * scale[0], y * scale[1]];
  const quads: Quad[] = area
    ? [[scaled(area.quad[0]), scaled(area.quad[1]), scaled(area.quad[2]), scaled(area.quad[3])]]
    : [];
  const straight = straighten(raster, quads, area?.angle ?? 0);
  return straight ? { ...straight, how } : { raster, how };
}
