import { createRequire } from 'node:module';
import { Failure } from '../../../domain/failure.ts';
import type { Raster } from '../raster.ts';
import { checkImageSize, rasterFromRgba } from './page-image.ts';

/** What is used of `libheif-js`, which has no types of its own for this interface. */
type HeifImage = {
  get_width(): number;
  get_height(): number;
  is_primary(): number | boolean;
  display(target: PixelTarget, done: (filled: PixelTarget | null) => void): void;
  free(): void;
};
type PixelTarget = { data: Uint8ClampedArray; width: number; height: number };
type Libheif = { HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] } };

/**
 * The primary picture of a HEIC or HEIF file (a live photo or a burst holds several), turned as the file says.
 * sharp's own build leaves the patented HEVC out; libheif's WebAssembly build has it.
 * @throws {Failure} `damaged-file`, `image-too-large`.
 */
export async function decodeHeic(bytes: Uint8Array): Promise<Raster> {
  const images = listImages(bytes);
  try {
    const primary = images.find((image) => image.is_primary()) ?? images[0];
    if (!primary) throw new Failure('damaged-file', 'ask', 'no image in the HEIF file');
    const [width, height] = [primary.get_width(), primary.get_height()];
    checkImageSize(width, height);
    return rasterFromRgba(await decodePixels(primary, width, height), width, height);
  } finally {
    for (const image of images) image.free();
  }
}

function listImages(bytes: Uint8Array): HeifImage[] {
  // The bundle has no types, hence the annotation. A new instance each time: WebAssembly memory grows with the largest
  // picture and is never given back while the instance lives.
  const instantiate: () => Libheif = createRequire(import.meta.url)('libheif-js/libheif-wasm/libheif-bundle.js');
  const libheif = instantiate();
  return new libheif.HeifDecoder().decode(bytes) ?? [];
}

function decodePixels(image: HeifImage, width: number, height: number): Promise<Uint8ClampedArray> {
  const target = { data: new Uint8ClampedArray(width * height * 4), width, height };
  return new Promise((resolve, reject) => {
    image.display(target, (filled) => {
      if (filled) resolve(filled.data);
      else reject(new Failure('damaged-file', 'ask', 'the HEIF picture cannot be decoded'));
    });
  });
}
