import type { Seal } from '../../../domain/e-invoice.ts';
import { descendants, type XmlElement } from '../xml/xml-element.ts';

/** Whether somebody signed the document at all; the signature itself is not checked yet. */
export function verifyXmlSignature(root: XmlElement): Seal {
  const isSigned = descendants(root, 'SignatureValue').length > 0;
  return isSigned ? { valid: null, reason: 'not-checked' } : { valid: false, reason: 'not-signed' };
}
