import type { FieldValue, MerchantMatch } from '../../domain/document.ts';
import { findFuzzy, skeleton } from '../classify/skeleton.ts';
import { fieldAt } from './choice.ts';
import type { LabelledRow } from './labels.ts';

/** The merchant as a field; its box is where its name (or tax id) stands, if it does. */
export function merchantField(merchant: MerchantMatch, rows: readonly LabelledRow[]): FieldValue {
  const source = merchant.method === 'header' ? 'ocr/header' : `merchant/${merchant.method.replace('_', '-')}`;
  const value = { value: merchant.name, confidence: merchant.confidence, source };
  // A sign and its company stand in two rows.
  const wanted = skeleton(merchant.name.split(' (')[0] ?? '').text;
  for (const row of rows.slice(0, 40)) {
    const bones = skeleton(row.text);
    const found = findFuzzy(bones.text, wanted, wanted.length >= 6 ? 2 : 0);
    if (!found) continue;
    const start = bones.offsets[found.start] ?? 0;
    return fieldAt(row, start, (bones.offsets[found.end - 1] ?? start) + 1, value);
  }
  return { ...value, box: null };
}
