import type { FiscalFacts, ReadCode } from '../../domain/code.ts';
import { parseCode } from './parse-code.ts';

/** The facts of a document and the code that states most of them. */
export interface DocumentFacts {
  readonly facts: FiscalFacts;
  readonly code: ReadCode;
}

/**
 * What the codes of a document say of it together: a bar code of old beside a QR adds what that leaves out. Null without fiscal codes,
 * and where they are of several documents: which of them the page is cannot be told.
 */
export function documentFacts(codes: readonly ReadCode[] = []): DocumentFacts | null {
  const found = codes.flatMap((code) => {
    const facts = parseCode(code.text);
    return facts ? [{ facts, code }] : [];
  });
  const [first, ...others] = found.sort((a, b) => knownCount(b.facts) - knownCount(a.facts));
  if (!first || others.some(({ facts }) => !agree(first.facts, facts))) return null;
  return { code: first.code, facts: others.reduce((known, { facts }) => fill(known, facts), first.facts) };
}

function knownCount(facts: FiscalFacts): number {
  return Object.values(facts).filter((value) => value !== null).length;
}

/** Whether nothing that both state differs. */
function agree(one: FiscalFacts, other: FiscalFacts): boolean {
  return keysOf(one).every((key) => one[key] === null || other[key] === null || one[key] === other[key]);
}

function fill(known: FiscalFacts, more: FiscalFacts): FiscalFacts {
  return { ...more, ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null)) };
}

function keysOf(facts: FiscalFacts): (keyof FiscalFacts)[] {
  return Object.keys(facts) as (keyof FiscalFacts)[]; // parsed or made by us: no other keys
}
