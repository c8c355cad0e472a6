import type { FieldName } from '../../domain/document.ts';
import { FieldName as Names } from '../../domain/document.ts';
import { Language } from '../../domain/language.ts';
import { texts } from '../../notifier/texts/texts.ts';
import { fold } from '../command.ts';
import { plainText } from '../plain-text.ts';

/** What people call fields besides their labels, folded. */
const alsoCalled: Partial<Record<FieldName, readonly string[]>> = {
  merchant: ['tienda', 'negocio', 'loja', 'shop', 'store', 'nombre', 'comercio'],
  total: ['importe', 'amount', 'monto', 'valor'],
  date: ['dia', 'day'],
  tax: ['iva', 'igv', 'vat'],
  taxId: ['rfc', 'rut', 'nit', 'rif', 'ruc', 'cuit'],
  folio: ['numero', 'ticket', 'receipt'],
  paymentMethod: ['pago', 'pagamento', 'payment'],
};

/** Longest first, so that `forma de pago` is not `pago`. */
const labels: readonly (readonly [string, FieldName])[] = Names.options
  .flatMap((name) => [
    ...Language.options.map((language): [string, FieldName] => [fold(texts[language].fields[name]), name]),
    ...(alsoCalled[name] ?? []).map((word): [string, FieldName] => [word, name]),
  ])
  .sort(([one], [other]) => other.length - one.length);

export interface NamedField {
  field: FieldName;
  /** What was written after it; empty when only the field was named. */
  value: string;
}

/** `total 45.50`, `el total es 45.50`, `fecha: 19/03/2026`, `o valor é 10` → the field and what it is to be; null when no field is named first. */
export function namedField(text: string): NamedField | null {
  const line = plainText(text.slice(0, 300)).replace(/^(?:el|la|los|o|a|the|que|is|es)\s+/iu, '');
  const folded = fold(line);
  const found = labels.find(
    ([label]) => folded === label || (/^[\s:=]/.test(folded.slice(label.length)) && folded.startsWith(label)),
  );
  if (!found) return null;
  const [label, field] = found;
  const value = [...line].slice(label.length).join('');
  return { field, value: value.replace(/^[\s:=]+(?:(?:es|is|é|era|son|a|por)\s+)?/iu, '').trim() };
}
