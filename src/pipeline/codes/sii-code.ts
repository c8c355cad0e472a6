import type { FiscalFacts } from '../../domain/code.ts';
import { Failure } from '../../domain/failure.ts';
import { rut } from '../../domain/tax-id/rut.ts';
import { parseXml } from '../einvoice/xml/parse-xml.ts';
import { firstAt, textAt, type XmlElement } from '../einvoice/xml/xml-element.ts';
import { amountOf, dateOf, factsOf } from './facts.ts';

/** Nota de crédito electrónica. */
const creditType = '61';

/** Chile: the electronic stamp (TED) in the PDF417 of the SII's documents: RE issuer, TD kind, F folio, FE date, RR recipient, MNT total. */
export function parseSiiCode(text: string): FiscalFacts | null {
  const data = dataOf(text);
  if (!data) return null;
  const type = textAt(data, 'TD');
  return factsOf('SII', {
    documentType: type,
    issuerTaxId: rutIn(textAt(data, 'RE')),
    issuerName: textAt(data, 'CAF', 'DA', 'RS'),
    recipientTaxId: rutIn(textAt(data, 'RR')),
    folio: textAt(data, 'F'),
    date: dateOf(textAt(data, 'FE')),
    total: amountOf(textAt(data, 'MNT'), type === creditType),
    currency: 'CLP',
  });
}

function dataOf(text: string): XmlElement | null {
  if (!/^\s*<TED[\s>]/.test(text)) return null;
  try {
    const root = parseXml(Buffer.from(text, 'utf8'));
    return firstAt(root, 'DD') ?? null;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

function rutIn(text: string | null): string | null {
  const compact = text?.replace(/[.\s-]/g, '').toUpperCase() ?? '';
  return rut.isValid(compact) ? rut.format(compact) : null;
}
