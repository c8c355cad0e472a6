import sharp from 'sharp';
import type { ReadCode } from '../../../domain/code.ts';
import type { Point, Quad } from '../../../domain/reading.ts';
import type { PageImage, Raster } from '../raster.ts';
import { createCodeDecoder, type DecodedCode } from './decode-codes.ts';
import { type Area, findCodeAreas, type Grey, outerAreas } from './find-areas.ts';

export type CodeRequest = {
  readonly image: PageImage;
  /** Page number, from 1. */
  readonly page: number;
  /** Direction of the page's text in degrees, as readings have it. */
  readonly angle: number;
  /** Whether the document should have a code, so that a second, dearer try is worth its time. */
  readonly isExpected: boolean;
};

export type CodeReader = (request: CodeRequest) => Promise<ReadCode[]>;

/** Areas of the second try: larger ones were large enough for the first. */
const secondTrySide = 800;
const secondTryAreas = 3;
/** Below this the first try's decoder copes with the tilt. */
const tiltDegrees = 2;

/** Reads the bar codes of pages; the decoder is loaded for the first area that may hold one. */
export function createCodeReader(): CodeReader {
  let decoder: ReturnType<typeof createCodeDecoder> | undefined;
  const decode = async (grey: Grey) => {
    decoder ??= createCodeDecoder();
    return (await decoder)(grey);
  };

  return async ({ image, page, angle, isExpected }) => {
    const { raster } = image;
    const grey = greyOf(raster);
    const found: DecodedCode[] = [];
    const areas = findCodeAreas(grey);
    for (const area of outerAreas(areas)) {
      const codes = await decode(crop(grey, area));
      found.push(...codes.map((code) => shifted(code, area)));
    }
    if (isExpected && found.length === 0) found.push(...(await tryAgain(grey, areas, angle, decode)));
    return distinct(found).map(({ format, text, quad }) => ({ format, text, page, quad: onPage(quad, image) }));
  };
}

type Decode = (grey: Grey) => Promise<DecodedCode[]>;

/** Small codes enlarged, tilted stripes turned upright along the text. The place of such a code is its area. */
async function tryAgain(grey: Grey, areas: readonly Area[], angle: number, decode: Decode): Promise<DecodedCode[]> {
  const tilt = angle - Math.round(angle / 90) * 90;
  const small = areas.filter(({ width, height }) => Math.max(width, height) <= secondTrySide).slice(0, secondTryAreas);
  for (const area of small) {
    const codes = await decode(await enlarged(crop(grey, area), Math.abs(tilt) > tiltDegrees ? -tilt : 0));
    if (codes.length > 0) return codes.map((code) => ({ ...code, quad: cornersOf(area) }));
  }
  return [];
}

async function enlarged({ data, width, height }: Grey, degrees: number): Promise<Grey> {
  const doubled = sharp(data, { raw: { width, height, channels: 1 } })
    .resize(width * 2, height * 2, { kernel: 'cubic', fit: 'fill' })
    .sharpen();
  const turned =
    degrees === 0 ? doubled : sharp(await doubled.png().toBuffer()).rotate(degrees, { background: '#fff' });
  const { data: pixels, info } = await turned.greyscale().raw().toBuffer({ resolveWithObject: true });
  return { data: pixels, width: info.width, height: info.height };
}

/** The green channel: black, blue and red ink are all dark in it. */
function greyOf({ data, width, height }: Raster): Grey {
  const grey = new Uint8Array(width * height);
  for (let index = 0, source = 1; index < grey.length; index++, source += 3) grey[index] = data[source] ?? 255;
  return { data: grey, width, height };
}

function crop({ data, width }: Grey, area: Area): Grey {
  const part = new Uint8Array(area.width * area.height);
  for (let row = 0; row < area.height; row++) {
    const start = (area.top + row) * width + area.left;
    part.set(data.subarray(start, start + area.width), row * area.width);
  }
  return { data: part, width: area.width, height: area.height };
}

function shifted(code: DecodedCode, { left, top }: Area): DecodedCode {
  return { ...code, quad: mapQuad(code.quad, ([x, y]) => [x + left, y + top]) };
}

function onPage(quad: Quad, { raster, width, height }: PageImage): Quad {
  return mapQuad(quad, ([x, y]) => [(x * width) / raster.width, (y * height) / raster.height]);
}

function mapQuad([a, b, c, d]: Quad, map: (point: Point) => Point): Quad {
  return [map(a), map(b), map(c), map(d)];
}

function cornersOf({ left, top, width, height }: Area): Quad {
  return [
    [left, top],
    [left + width, top],
    [left + width, top + height],
    [left, top + height],
  ];
}

function distinct(codes: readonly DecodedCode[]): DecodedCode[] {
  return codes.filter(({ format, text }, index) => {
    return codes.findIndex((other) => other.format === format && other.text === text) === index;
  });
}
