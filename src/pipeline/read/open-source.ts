import { openSharpImage } from './image/sharp-image.ts';
import type { Source } from './source.ts';

/** Opens a document of a type that `identifyFile` names. Throws the Failures of its format. */
export function openSource(bytes: Uint8Array, _mime: string): Promise<Source> {
  return openSharpImage(bytes);
}
