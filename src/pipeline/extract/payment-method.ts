import type { FieldValue } from '../../domain/document.ts';
import { findPattern } from '../classify/pattern.ts';
import { skeleton } from '../classify/skeleton.ts';
import { fieldAt } from './choice.ts';
import type { LabelledRow } from './labels.ts';
import type { ExtractionRules } from './rules.ts';

/** How it was paid: `cash`, `credit_card`, `debit_card`, `card` (which is not said) or `transfer`; the most telling word wins. */
export function choosePaymentMethod(rows: readonly LabelledRow[], rules: ExtractionRules): FieldValue | null {
  const found = rows.flatMap((row) => methodsIn(row, rules)).sort((a, b) => b.score - a.score);
  const [best] = found;
  if (!best) return null;
  const isContested = found.some((other) => other.value !== best.value && other.score >= best.score - 1);
  const confidence = isContested ? 0.6 : 0.85;
  return fieldAt(best.row, best.start, best.end, { value: best.value, confidence, source: 'ocr/label' });
}

function methodsIn(row: LabelledRow, rules: ExtractionRules) {
  const bones = skeleton(row.text);
  const hasAmount = /\d[.,]?\d/.test(row.text) ? 1 : 0;
  return rules.payment.flatMap(({ value, patterns }) =>
    patterns.flatMap((pattern) => {
      const hit = findPattern(bones, pattern);
      if (!hit) return [];
      const start = bones.offsets[hit.start] ?? 0;
      const end = (bones.offsets[hit.end - 1] ?? 0) + 1;
      const isWord = !/\p{L}/u.test(row.text[start - 1] ?? '') && !/\p{L}/u.test(row.text[end] ?? '');
      return isWord ? [{ row, value, start, end, score: hasAmount + pattern.text.length / 10 - hit.cost / 4 }] : [];
    }),
  );
}
