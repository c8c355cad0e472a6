import type { Arithmetic } from '../../../domain/e-invoice.ts';
import { compareTotal } from '../arithmetic.ts';
import { decimalIn, sumOf, toMicros } from '../decimal.ts';
import { allAt, attribute, firstAt, type XmlElement } from '../xml/xml-element.ts';

/**
 * Total = subtotal − discount + transferred − withheld ± local taxes (Anexo 20). A receipt of payment (type P) and a transport
 * document (type T) state no amounts of their own: both are zero there, whatever their complements hold.
 */
export function cfdiArithmetic(root: XmlElement): Arithmetic {
  const subtotal = toMicros(amountOf(root, 'SubTotal', 'subTotal'));
  const total = toMicros(amountOf(root, 'Total', 'total'));
  if (subtotal === null) return compareTotal(total, null);
  const type = attribute(root, 'TipoDeComprobante');
  if (type === 'P' || type === 'T') return compareTotal(total, subtotal);
  const discount = toMicros(amountOf(root, 'Descuento', 'descuento')) ?? 0n;
  return compareTotal(total, subtotal - discount + federalTaxes(root) + localTaxes(root));
}

function federalTaxes(root: XmlElement): bigint {
  const taxes = firstAt(root, 'Impuestos');
  const transferred = amountOf(taxes, 'TotalImpuestosTrasladados', 'totalImpuestosTrasladados');
  const withheld = amountOf(taxes, 'TotalImpuestosRetenidos', 'totalImpuestosRetenidos');
  return (
    (toMicros(transferred) ?? amountsAt(taxes, 'Traslados', 'Traslado')) -
    (toMicros(withheld) ?? amountsAt(taxes, 'Retenciones', 'Retencion'))
  );
}

function localTaxes(root: XmlElement): bigint {
  return allAt(root, ['Complemento', 'ImpuestosLocales']).reduce((sum, taxes) => {
    const transferred = toMicros(amountOf(taxes, 'TotaldeTraslados')) ?? 0n;
    const withheld = toMicros(amountOf(taxes, 'TotaldeRetenciones')) ?? 0n;
    return sum + transferred - withheld;
  }, 0n);
}

function amountsAt(taxes: XmlElement | undefined, ...path: string[]): bigint {
  const found = taxes ? allAt(taxes, path) : [];
  return sumOf(found.map((tax) => amountOf(tax, 'Importe', 'importe'))) ?? 0n;
}

function amountOf(element: XmlElement | undefined, ...names: string[]): string | null {
  return decimalIn(attribute(element, ...names));
}
