import type { FiscalFacts } from '../../domain/code.ts';
import { nif } from '../../domain/tax-id/nif.ts';
import { addressAt, amountOf, dateOf, factsOf, textOrNull } from './facts.ts';

const hosts: ReadonlySet<string> = new Set([
  'www2.agenciatributaria.gob.es',
  'prewww2.aeat.es',
  'prewww10.aeat.es',
  'www10.agenciatributaria.gob.es',
]);

/** Spain: the AEAT's address on invoices of verifiable and other systems (Orden HAC/1177/2024): nif, numserie, fecha, importe. */
export function parseVerifactuCode(text: string): FiscalFacts | null {
  const url = addressAt(text, hosts);
  if (!url || !/\/wlpl\/TIKE-CONT\/ValidarQR/i.test(url.pathname)) return null;
  const issuer = url.searchParams.get('nif')?.toUpperCase() ?? '';
  return factsOf('VERIFACTU', {
    issuerTaxId: nif.isValid(issuer) ? issuer : null,
    folio: textOrNull(url.searchParams.get('numserie')),
    date: dateOf(url.searchParams.get('fecha')),
    total: amountOf(url.searchParams.get('importe')),
    currency: 'EUR',
  });
}
