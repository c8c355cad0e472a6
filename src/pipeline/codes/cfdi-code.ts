import type { FiscalFacts } from '../../domain/code.ts';
import { isRfcForm } from '../../domain/tax-id/rfc.ts';
import { addressAt, amountOf, factsOf } from './facts.ts';

const hosts: ReadonlySet<string> = new Set(['verificacfdi.facturaelectronica.sat.gob.mx']);
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Mexico: the expression of a CFDI (Anexo 20, "código de barras bidimensional"), as the SAT's address or bare as version 3.2 printed
 * it: `id` UUID, `re` issuer, `rr` recipient (`nr` a foreigner's), `tt` total, `fe` last 8 characters of the seal.
 */
export function parseCfdiCode(text: string): FiscalFacts | null {
  const query = addressAt(text, hosts)?.search ?? (/^\?re=/i.test(text.trim()) ? text.trim() : null);
  if (query === null) return null;
  // A plus sign is part of a seal here and was never meant as a blank.
  const values = new URLSearchParams(query.replaceAll('+', '%2B'));
  const [uuid, issuer, recipient] = [values.get('id'), values.get('re'), values.get('rr')];
  if (uuid === null || !uuidForm.test(uuid)) return null;
  return factsOf('CFDI', {
    documentId: uuid.toLowerCase(),
    issuerTaxId: rfcIn(issuer),
    recipientTaxId: rfcIn(recipient),
    total: amountOf(values.get('tt')),
    sealTail: values.get('fe'),
  });
}

function rfcIn(text: string | null): string | null {
  const compact = text?.trim().toUpperCase() ?? '';
  return isRfcForm(compact) ? compact : null;
}
