import { descendants, elementsOf, firstAt, textOf, type XmlElement } from '../xml/xml-element.ts';

/**
 * The document that a DIAN `AttachedDocument` carries, as an element or as the bytes of its XML: in CDATA or escaped (both are
 * text by now), in base64, or, against the rules, as plain elements. Null where there is none.
 */
export function attachedDocument(root: XmlElement): XmlElement | Uint8Array | null {
  const attachment = firstAt(root, 'Attachment');
  const holder =
    firstAt(attachment, 'ExternalReference', 'Description') ?? firstAt(attachment, 'EmbeddedDocumentBinaryObject');
  return holder ? contentOf(holder) : null;
}

/** What a web service wraps in a SOAP envelope: the first of `names` as an element, or the DIAN's base64 of one. */
export function envelopedDocument(root: XmlElement, names: readonly string[]): XmlElement | Uint8Array | null {
  const body = firstAt(root, 'Body');
  if (!body) return null;
  const [element] = names.flatMap((name) => descendants(body, name));
  const [encoded] = descendants(body, 'XmlBytesBase64');
  return element ?? (encoded ? contentOf(encoded) : null);
}

function contentOf(holder: XmlElement): XmlElement | Uint8Array | null {
  const [element] = elementsOf(holder);
  if (element) return element;
  const text = textOf(holder).trim();
  if (text.startsWith('<')) return utf8(text);
  if (text.startsWith('&lt;')) return utf8(unescapeOnce(text));
  const bytes = Buffer.from(text, 'base64');
  return bytes.byteLength === 0 ? null : bytes;
}

/** The text is characters already, so a declaration of another encoding would no longer be true. */
function utf8(text: string): Uint8Array {
  return Buffer.from(text.replace(/^<\?xml[^>]*\?>\s*/, ''));
}

/** Escaped once too often. */
function unescapeOnce(text: string): string {
  const characters: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (whole, name: string) => characters[name] ?? whole);
}
