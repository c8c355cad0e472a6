import type { FiscalFacts, ReadCode, TicketCode } from '../../domain/code.ts';
import { parseArcaCode } from './arca-code.ts';
import { parseCfdiCode } from './cfdi-code.ts';
import { parseDianCode } from './dian-code.ts';
import { parseSiiCode } from './sii-code.ts';
import { parseSunatCode } from './sunat-code.ts';
import { parseVerifactuCode } from './verifactu-code.ts';

/** Kinds of code that say what a document is; one line each. */
const parsers: readonly ((text: string) => FiscalFacts | null)[] = [
  parseCfdiCode,
  parseDianCode,
  parseArcaCode,
  parseSiiCode,
  parseSunatCode,
  parseVerifactuCode,
];

/** What a bar code says of its document, by its text alone; null for a code of any other kind, such as an address of another host. Pure. */
export function parseCode(text: string): FiscalFacts | null {
  for (const parse of parsers) {
    const facts = parse(text);
    if (facts) return facts;
  }
  return null;
}

/** A document's codes as its ticket keeps them. */
export function ticketCodes(codes: readonly ReadCode[]): TicketCode[] {
  return codes.map(({ format, text, page }) => ({ format, text, page, facts: parseCode(text) }));
}
