import { decodeXml } from './decode-xml.ts';

/** What may stand before the root: declarations and comments. */
const headBytes = 64 * 1024;

/**
 * The local name of the root of what begins like XML, by its content and without parsing it; null for anything else, and for
 * what has a document type definition (HTML among it).
 */
export function xmlRootName(bytes: Uint8Array): string | null {
  const text = decodeXml(bytes.subarray(0, headBytes));
  let at = 0;
  while (text.startsWith('<', at)) {
    const end = endOfProlog(text, at);
    if (end === null)
      return /^<(?:[\w.-]{1,80}:)?([A-Za-z_][\w.-]{0,80})[\s/>]/.exec(text.slice(at, at + 200))?.[1] ?? null;
    at = end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0);
  }
  return null;
}

/** Where the declaration or comment at this place ends; null where there is none. */
function endOfProlog(text: string, at: number): number | null {
  const [opening, closing] = text.startsWith('<!--', at) ? ['<!--', '-->'] : ['<?', '?>'];
  if (!text.startsWith(opening, at)) return null;
  const end = text.indexOf(closing, at + opening.length);
  return end < 0 ? text.length : end + closing.length;
}
