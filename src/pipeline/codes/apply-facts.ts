import { toExact } from '../../domain/amount.ts';
import type { Classification, Extraction, FieldName, FieldValue } from '../../domain/document.ts';
import { boxAround } from '../../domain/reading.ts';
import type { MerchantCatalog } from '../classify/merchants.ts';
import type { DocumentFacts } from './document-facts.ts';

/** A code carries its own error correction and check sums: what it says is wrong only where the issuer's program was. */
const codeConfidence = 0.999;
/** From here on what was read from the text is taken for what is printed, so that its difference from the code is worth telling. */
const surelyPrinted = 0.8;

type Known = readonly [field: FieldName, value: string | null];

/**
 * The fields with what the document's code says in the place of what was read, and `disagrees:<field>` where the print surely says
 * otherwise. A payment proof keeps its own.
 */
export function withFacts(extraction: Extraction, { kind }: Classification, known: DocumentFacts | null): Extraction {
  if (!known || kind === 'payment_proof') return extraction;
  const { facts, code } = known;
  const exact = (value: string): FieldValue => {
    const source = `${code.format === 'QRCode' ? 'qr' : 'barcode'}/${facts.standard.toLowerCase()}`;
    return { value, confidence: codeConfidence, box: boxAround(code.page, [code.quad]), source };
  };
  const stated: readonly Known[] = [
    ['taxId', facts.issuerTaxId],
    ['date', facts.date],
    ['time', facts.time],
    ['total', facts.total],
    ['tax', facts.tax],
    ['currency', facts.currency],
    ['folio', folioOf(known, extraction)],
  ];
  const values = stated.flatMap(([field, value]) => (value === null ? [] : [[field, value] as const]));
  const settled = new Set(values.flatMap(([field]) => [`missing:${field}`, `doubtful:${field}`]));
  const told = values.filter(([field, value]) => disagrees(field, value, extraction.fields[field]));
  return {
    fields: { ...extraction.fields, ...Object.fromEntries(values.map(([field, value]) => [field, exact(value)])) },
    reasons: [
      ...extraction.reasons.filter((reason) => !settled.has(reason)),
      ...told.map(([field]) => `disagrees:${field}`),
    ],
  };
}

/** The number as printed where it is the code's but for zeros and signs; the document's id where there is no number at all. */
function folioOf({ facts }: DocumentFacts, { fields }: Extraction): string | null {
  const printed = fields.folio?.value;
  if (facts.folio === null) return printed === undefined ? facts.documentId : null;
  return printed !== undefined && bareNumber(printed) === bareNumber(facts.folio) ? printed : facts.folio;
}

function bareNumber(folio: string): string {
  return folio
    .toUpperCase()
    .replace(/(^|[^0-9])0+(?=\d)/g, '$1')
    .replace(/[^A-Z0-9]/g, '');
}

/** A receipt prints several numbers and one may be taken for the other: those are not told, only what money and taxes rest on. */
function disagrees(field: FieldName, exact: string, read: FieldValue | undefined): boolean {
  if (!read || read.confidence < surelyPrinted) return false;
  if (field === 'total') return !sameAmount(exact, read.value);
  if (field === 'taxId') return compact(exact) !== compact(read.value);
  return field === 'date' && exact !== read.value;
}

/** A credit note's code has its sign, the print rarely. */
function sameAmount(one: string, other: string): boolean {
  const [a, b] = [toExact(one), toExact(other)];
  return a !== null && b !== null && (a === b || a === -b);
}

function compact(taxId: string): string {
  return taxId.toUpperCase().replace(/[^A-ZÑ&0-9]/g, '');
}

/** The merchant whose tax id the document's code states; a page with such a code is a receipt, whatever its text looks like. */
export function classifiedByFacts(
  classification: Classification,
  known: DocumentFacts | null,
  catalog: MerchantCatalog,
): Classification {
  const taxId = known?.facts.issuerTaxId;
  if (!known || classification.kind === 'payment_proof') return classification;
  const kind = classification.kind === 'other' ? ({ kind: 'receipt', kindConfidence: 0.99 } as const) : {};
  if (!taxId) return { ...classification, ...kind };
  const merchant = catalog.byTaxId.get(compact(taxId));
  if (merchant) {
    const match = { id: merchant.id, name: merchant.name, taxId, confidence: codeConfidence, method: 'tax_id' };
    return { ...classification, ...kind, merchant: match, candidates: [] };
  }
  const named = classification.merchant ?? namedByCode(known);
  return { ...classification, ...kind, merchant: named && { ...named, taxId } };
}

function namedByCode({ facts }: DocumentFacts): Classification['merchant'] {
  const { issuerName: name, issuerTaxId: taxId } = facts;
  return name === null ? null : { id: null, name, taxId, confidence: codeConfidence, method: 'issuer' };
}
