import { SaxesParser } from 'saxes';
import { Failure } from '../../../domain/failure.ts';
import { decodeXml } from './decode-xml.ts';
import type { XmlElement, XmlNode } from './xml-element.ts';

/** Far above any real e-invoice, some 3,000 items with their taxes; far below what hurts here or in the database. */
const limits = { bytes: 5 * 1024 * 1024, depth: 64, attributes: 256, nodes: 60_000 };

/** An element that is still being filled. */
interface OpenElement extends XmlElement {
  readonly children: XmlNode[];
  readonly scope: Scope;
}

/** The prefixes declared on one element, then those around it. Linked, since copying would let a small file fill the memory. */
interface Scope {
  readonly declared: ReadonlyMap<string, string>;
  readonly outer: Scope | null;
}

const outermost: Scope = { declared: new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]), outer: null };

/**
 * Parses a whole XML document strictly, but for its namespaces, which may be undeclared. Nothing is ever fetched or expanded:
 * a document type definition, the only place where entities can be made, is refused.
 * @throws {Failure} `too-large`, `damaged-file` or `unsupported-type`, each to be mended by the sender.
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  if (bytes.byteLength > limits.bytes) {
    throw new Failure('too-large', 'ask', `XML of ${bytes.byteLength} bytes, at most ${limits.bytes}`);
  }
  const tree = createTree();
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => tree.open(name, new Map(Object.entries(attributes))));
  parser.on('closetag', () => tree.close());
  parser.on('text', (text) => tree.text(text));
  parser.on('cdata', (text) => tree.text(text));
  parser.on('doctype', () => refuse('unsupported-type', 'XML with a document type definition'));
  parser.on('error', (error) => refuse('damaged-file', error.message));
  const text = decodeXml(bytes);
  // Careless senders leave blanks and zero bytes behind the document.
  parser.write(text.slice(0, text.lastIndexOf('>') + 1)).close();
  return tree.root();
}

function createTree() {
  const stack: OpenElement[] = [];
  let root: OpenElement | undefined;
  let nodes = 0;

  function count(): void {
    nodes += 1;
    if (nodes > limits.nodes) refuse('too-large', `more than ${limits.nodes} nodes`);
  }

  return {
    open(name: string, attributes: Map<string, string>): void {
      count();
      if (stack.length >= limits.depth) refuse('damaged-file', `nested deeper than ${limits.depth}`);
      if (attributes.size > limits.attributes) refuse('damaged-file', `more than ${limits.attributes} attributes`);
      const parent = stack.at(-1);
      const element = openElement(name, attributes, parent?.scope ?? outermost);
      parent?.children.push(element);
      root ??= element;
      stack.push(element);
    },
    close(): void {
      stack.pop();
    },
    text(text: string): void {
      count();
      stack.at(-1)?.children.push(text);
    },
    root: (): XmlElement => root ?? refuse('damaged-file', 'no element'),
  };
}

function openElement(qualifiedName: string, attributes: ReadonlyMap<string, string>, outer: Scope): OpenElement {
  const scope = scopeOf(attributes, outer);
  const colon = qualifiedName.indexOf(':');
  const prefix = qualifiedName.slice(0, Math.max(colon, 0));
  const name = qualifiedName.slice(colon + 1);
  return { name, qualifiedName, namespace: namespaceOf(prefix, scope), attributes, children: [], scope };
}

function scopeOf(attributes: ReadonlyMap<string, string>, outer: Scope): Scope {
  const declared = [...attributes].flatMap(([name, uri]): [string, string][] => {
    if (name === 'xmlns') return [['', uri]];
    return name.startsWith('xmlns:') ? [[name.slice('xmlns:'.length), uri]] : [];
  });
  return declared.length === 0 ? outer : { declared: new Map(declared), outer };
}

function namespaceOf(prefix: string, scope: Scope): string | null {
  for (let at: Scope | null = scope; at; at = at.outer) {
    const uri = at.declared.get(prefix);
    if (uri !== undefined) return uri;
  }
  return null;
}

function refuse(code: 'too-large' | 'damaged-file' | 'unsupported-type', message: string): never {
  throw new Failure(code, 'ask', message);
}
