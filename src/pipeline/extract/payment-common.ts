import { commonNames, type Extraction, type FieldName, type Fields, type FieldValue } from '../../domain/document.ts';

/**
 * A payment proof with its total, date, time, folio, currency and merchant (the bank) as well, so that lists and sums need
 * not know kinds. What the proof says itself wins; what it does not say is taken from the reading as a receipt.
 */
export function withCommonFields({ fields, reasons }: Extraction, receipt: Fields): Extraction {
  const common = commonNames.flatMap(([name, own]): [FieldName, FieldValue][] => {
    const value = fields[own] ?? receipt[name];
    return value ? [[name, value]] : [];
  });
  const kept = (['merchant', 'currency', 'taxId'] as const).flatMap((name): [FieldName, FieldValue][] => {
    const value = receipt[name];
    return value ? [[name, value]] : [];
  });
  return { fields: { ...fields, ...Object.fromEntries([...common, ...kept]) }, reasons };
}
