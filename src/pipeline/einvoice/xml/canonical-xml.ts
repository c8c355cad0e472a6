import type { XmlElement } from './xml-element.ts';

/** The namespace last written for a prefix on the way down. */
type Written = (prefix: string) => string | undefined;

/**
 * Canonical XML 1.0 without comments (W3C, 15 March 2001) of one element, as signatures digest it.
 * @param path From the root of the document to the element: what its ancestors declare is written with it.
 * @param leftOut An element below that is left out, as the transform `enveloped-signature` wants.
 */
export function canonicalXml(path: readonly XmlElement[], leftOut?: XmlElement): string {
  const apex = path.at(-1);
  if (!apex) return '';
  const inherited = new Map(path.slice(0, -1).flatMap(({ attributes }) => [...attributes].filter(isInherited)));
  return write({ ...apex, attributes: new Map([...inherited, ...apex.attributes]) }, () => undefined, leftOut);
}

/** Declarations and `xml:` attributes hold for all that is below. */
function isInherited([name]: readonly [string, string]): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:') || name.startsWith('xml:');
}

function write(element: XmlElement, above: Written, leftOut: XmlElement | undefined): string {
  const declared = declarations(element).filter(([prefix, uri]) => uri !== (above(prefix) ?? ''));
  const own = new Map(declared);
  const written: Written = declared.length === 0 ? above : (prefix) => own.get(prefix) ?? above(prefix);
  const names = declared.sort(byText).map(([prefix, uri]) => [prefix ? `xmlns:${prefix}` : 'xmlns', uri] as const);
  const attributes = [...names, ...plainAttributes(element, written)];
  const head = attributes.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');
  const content = element.children
    .filter((node) => node !== leftOut)
    .map((node) => (typeof node === 'string' ? escapeText(node) : write(node, written, leftOut)))
    .join('');
  return `<${element.qualifiedName}${head}>${content}</${element.qualifiedName}>`;
}

function declarations({ attributes }: XmlElement): [prefix: string, uri: string][] {
  return [...attributes].flatMap(([name, uri]): [string, string][] => {
    if (name === 'xmlns') return [['', uri]];
    return name.startsWith('xmlns:') ? [[name.slice('xmlns:'.length), uri]] : [];
  });
}

/** Sorted by namespace, then by local name; those without prefix have no namespace and come first. */
function plainAttributes({ attributes }: XmlElement, written: Written): (readonly [string, string])[] {
  return [...attributes]
    .filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
    .map((attribute) => ({ attribute, key: sortKey(attribute[0], written) }))
    .sort((a, b) => byText(a.key, b.key))
    .map(({ attribute }) => attribute);
}

function sortKey(name: string, written: Written): [string, string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [written(name.slice(0, colon)) ?? name.slice(0, colon), name.slice(colon + 1)];
}

function byText(a: readonly [string, string], b: readonly [string, string]): number {
  const at = a[0] === b[0] ? 1 : 0;
  return a[at] < b[at] ? -1 : Number(a[at] > b[at]);
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;');
}
