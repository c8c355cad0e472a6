import { extname } from 'node:path';

/** The metadata of a draw's payment proofs (seed 4 § 3.1). */
export interface UploadMetadata {
  numerosorteo?: string | undefined;
  fechasorteo?: string | undefined;
  idWhatsapp?: string | undefined;
  nombre?: string | undefined;
  horamin?: string | undefined;
}

/**
 * The name under which an upload is kept: `20250711-A--123456@lid_Juan_14-30.png` (seed 4 § 3.1), parts that are missing
 * left out; without metadata the sender's own. `position` counts from 0 within the request and sets later files apart.
 */
export function storedName(originalName: string, metadata: UploadMetadata, position: number): string {
  const { numerosorteo, fechasorteo, idWhatsapp, nombre, horamin } = metadata;
  const draw = [fechasorteo, numerosorteo].filter(isGiven).map(cleanPart).join('-');
  const sender = [idWhatsapp, nombre, horamin].filter(isGiven).map(cleanPart).join('_');
  const stem = [draw, sender].filter(isGiven).join('--');
  const extension = extname(originalName)
    .toLowerCase()
    .replace(/[^.\w]/g, '');
  if (stem === '') return cleanPart(originalName) || 'documento';
  return `${stem}${position === 0 ? '' : `-${position + 1}`}${extension}`;
}

function isGiven(part: string | undefined): part is string {
  return part !== undefined && part !== '';
}

/** Letters, digits and `.@ -_` only, no leading dots: nothing that a file system, a shell or a page could read as more than a name. */
function cleanPart(part: string): string {
  const last = part.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  return last
    .replace(/[^\p{L}\p{N}.@ _-]/gu, '')
    .replace(/^[.\s]+/, '')
    .trim()
    .slice(0, 80);
}
