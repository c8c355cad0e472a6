/**
 * Words that stand beside a code on the documents that must have one: CFDI, DIAN, ARCA/AFIP, SII, SUNAT, Veri*factu, and the
 * tickets whose bar code is what their invoicing site asks for.
 */
const signs =
  /folio\s+fiscal|\bcfdi\b|sello\s+digital|cadena\s+original|\bcufe\b|\bcude\b|\bdian\b|\bc\.?a\.?e\.?\s*(?:n|:|\d)|\bafip\b|\barca\b|timbre\s+electr|\bsii\b|\bsunat\b|veri\s*\*?\s*factu|ticketbai|7[\s-]?eleven/i;

/** Whether a page's text says that a QR or bar code belongs to it. */
export function expectsCode(text: string): boolean {
  return signs.test(text);
}
