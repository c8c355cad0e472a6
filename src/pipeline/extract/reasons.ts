import type { Classification, FieldName, Fields, Reason } from '../../domain/document.ts';

/** Without these a receipt cannot be invoiced. */
const needed: readonly FieldName[] = ['merchant', 'date', 'total'];
/** Below this a person looks at the value. */
export const doubtfulBelow = 0.8;

export function reasonsFor({ kind, merchant }: Classification, fields: Fields): Reason[] {
  const isOdd = kind === 'other';
  return [
    ...(isOdd ? ['not_a_receipt'] : []),
    ...(merchant?.id ? [] : ['unknown_merchant']),
    ...needed.filter((name) => !fields[name]).map((name) => `missing:${name}`),
    ...[...needed, 'taxId' as const]
      .filter((name) => (fields[name]?.confidence ?? 1) < doubtfulBelow)
      .map((name) => `doubtful:${name}`),
  ];
}
