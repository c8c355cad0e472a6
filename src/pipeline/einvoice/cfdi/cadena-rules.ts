import data from './cadena-original.json' with { type: 'json' };

/**
 * What one template of the SAT's XSLT writes, in order. In the data a rule is a string of words: `Attribute`, `Attribute?`
 * (left out when absent), `Path/To/Element` (its text), `.` (the element's own text), `>Path` (the templates of those elements;
 * `>*` of all children, `>.//Name` of all below), `Path{ … }` (for each of those elements, what stands between the braces).
 */
export type CadenaStep =
  | { readonly kind: 'attribute'; readonly name: string; readonly isOptional: boolean }
  | { readonly kind: 'text'; readonly path: readonly string[]; readonly isOptional: boolean }
  | { readonly kind: 'apply'; readonly path: readonly string[] }
  | { readonly kind: 'each'; readonly path: readonly string[]; readonly steps: readonly CadenaStep[] };

export type Templates = ReadonlyMap<string, readonly CadenaStep[]>;

/** Templates by kind and version of document, e.g. `Comprobante 4.0`. */
export const documentTemplates: ReadonlyMap<string, Templates> = compileAll(data.documents);

/** Templates by namespace of the complement. */
export const complementTemplates: ReadonlyMap<string, Templates> = compileAll(data.complements);

function compileAll(sheets: Record<string, Record<string, string>>): ReadonlyMap<string, Templates> {
  return new Map(Object.entries(sheets).map(([key, rules]) => [key, compileSheet(rules)]));
}

function compileSheet(rules: Record<string, string>): Templates {
  return new Map(Object.entries(rules).map(([name, rule]) => [name, compileRule(rule.split(' ').values())]));
}

function compileRule(words: Iterator<string>): CadenaStep[] {
  const steps: CadenaStep[] = [];
  for (let next = words.next(); !next.done && next.value !== '}'; next = words.next()) {
    const word = next.value;
    steps.push(
      word.endsWith('{')
        ? { kind: 'each', path: word.slice(0, -1).split('/'), steps: compileRule(words) }
        : compileWord(word),
    );
  }
  return steps;
}

function compileWord(word: string): CadenaStep {
  if (word.startsWith('>')) return { kind: 'apply', path: word.slice(1).split('/') };
  const isOptional = word.endsWith('?');
  const name = isOptional ? word.slice(0, -1) : word;
  if (name === '.') return { kind: 'text', path: [], isOptional };
  return name.includes('/')
    ? { kind: 'text', path: name.split('/'), isOptional }
    : { kind: 'attribute', name, isOptional };
}
