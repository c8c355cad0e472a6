/** One element of a parsed document. Names are local names; namespaces are kept beside them, since senders get them wrong. */
export interface XmlElement {
  readonly name: string;
  /** As written, with its prefix. */
  readonly qualifiedName: string;
  /** Null where the prefix was never declared. */
  readonly namespace: string | null;
  /** By name as written, `xmlns…` included. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Elements and text in document order. */
  readonly children: readonly XmlNode[];
}

export type XmlNode = XmlElement | string;

export function elementsOf(parent: XmlElement): XmlElement[] {
  return parent.children.filter((node) => typeof node !== 'string');
}

/** The children at the end of a path of local names, e.g. `['Impuestos', 'Traslados', 'Traslado']`. */
export function allAt(parent: XmlElement, path: readonly string[]): XmlElement[] {
  return path.reduce<XmlElement[]>(
    (parents, name) => parents.flatMap((element) => elementsOf(element).filter((child) => child.name === name)),
    [parent],
  );
}

export function firstAt(parent: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  return parent && allAt(parent, path)[0];
}

/** All elements of that local name below, in document order. */
export function descendants(parent: XmlElement, name: string): XmlElement[] {
  return elementsOf(parent).flatMap((child) => [...(child.name === name ? [child] : []), ...descendants(child, name)]);
}

/** All text below, as XPath's `string()` gives it. */
export function textOf(element: XmlElement): string {
  return element.children.map((node) => (typeof node === 'string' ? node : textOf(node))).join('');
}

/** The trimmed text at the end of the path; null where it is missing or empty. */
export function textAt(parent: XmlElement | undefined, ...path: string[]): string | null {
  const element = firstAt(parent, ...path);
  return (element && textOf(element).trim()) || null;
}

/** The first of these attributes that is there and not blank, trimmed. */
export function attribute(element: XmlElement | undefined, ...names: string[]): string | null {
  for (const name of names) {
    const value = element?.attributes.get(name)?.trim();
    if (value) return value;
  }
  return null;
}
