import { allAt, descendants, elementsOf, textOf, type XmlElement } from '../xml/xml-element.ts';
import { type CadenaStep, complementTemplates, documentTemplates, type Templates } from './cadena-rules.ts';

export interface Cadena {
  /** `||…||`, to be signed as UTF-8. */
  text: string;
  /** Whether the document holds a complement of which the order is not known, so that the text may be wrong. */
  hasUnknown: boolean;
}

const stampNamespace = 'http://www.sat.gob.mx/TimbreFiscalDigital';

/**
 * The text that a seal signs: the values of the document in the order of the SAT's XSLT.
 * @param document The root: `Comprobante`, `Retenciones` or `TimbreFiscalDigital`.
 * @returns Null for a version without rules.
 */
export function cadenaOriginal(document: XmlElement, version: string): Cadena | null {
  const own = documentTemplates.get(`${document.name} ${version}`);
  if (!own) return null;
  const walker = createWalker(document.namespace, own);
  const text = `|${walker.apply(document)}||`;
  return { text, hasUnknown: walker.hasUnknown() };
}

function createWalker(rootNamespace: string | null, own: Templates) {
  let unknown = false;

  function templateOf({ namespace, name }: XmlElement): readonly CadenaStep[] | undefined {
    const isOwn = namespace === rootNamespace || namespace === null;
    const templates = isOwn ? own : complementTemplates.get(namespace);
    if (!templates && namespace !== stampNamespace) unknown = true;
    return templates?.get(name);
  }

  /** An element without template gives, as in any XSLT, its text and what its children give. */
  function apply(element: XmlElement): string {
    const steps = templateOf(element);
    if (steps) return write(steps, element);
    return element.children.map((node) => (typeof node === 'string' ? node : apply(node))).join('');
  }

  function write(steps: readonly CadenaStep[], element: XmlElement): string {
    return steps.map((step) => writeStep(step, element)).join('');
  }

  function writeStep(step: CadenaStep, element: XmlElement): string {
    switch (step.kind) {
      case 'attribute':
        return value(element.attributes.get(step.name), step.isOptional);
      case 'text': {
        const [found] = step.path.length === 0 ? [element] : allAt(element, step.path);
        return value(found && textOf(found), step.isOptional);
      }
      case 'apply':
        return select(element, step.path).map(apply).join('');
      case 'each':
        return select(element, step.path)
          .map((found) => write(step.steps, found))
          .join('');
    }
  }

  return { apply, hasUnknown: () => unknown };
}

function select(element: XmlElement, path: readonly string[]): XmlElement[] {
  const [first, , name] = path;
  if (first === '*') return elementsOf(element);
  if (first === '.' && name) return descendants(element, name);
  return allAt(element, path);
}

/** An empty attribute is still written; an optional one is left out only when it is absent. */
function value(found: string | undefined, isOptional: boolean): string {
  if (found === undefined && isOptional) return '';
  return `|${(found ?? '').replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '')}`;
}
