import type { Extraction, FieldName, Fields, FieldValue } from '../../domain/document.ts';

/** Fields that every document has, whatever it is, and the field of a payment proof that says the same. */
const sameThing: readonly (readonly [FieldName, FieldName])[] = [
  ['total', 'monto'],
  ['date', 'fecha'],
  ['time', 'hora_operacion'],
  ['folio', 'referencia'],
];

/**
 * A payment proof with its total, date, time, folio, currency and merchant (the bank) as well, so that lists and sums need
 * not know kinds. What the proof says itself wins; what it does not say is taken from the reading as a receipt.
 */
export function withCommonFields({ fields, reasons }: Extraction, receipt: Fields): Extraction {
  const common = sameThing.flatMap(([name, own]): [FieldName, FieldValue][] => {
    const value = fields[own] ?? receipt[name];
    return value ? [[name, value]] : [];
  });
  const kept = (['merchant', 'currency', 'taxId'] as const).flatMap((name): [FieldName, FieldValue][] => {
    const value = receipt[name];
    return value ? [[name, value]] : [];
  });
  return { fields: { ...fields, ...Object.fromEntries([...common, ...kept]) }, reasons };
}
