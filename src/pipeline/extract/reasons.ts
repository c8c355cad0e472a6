import type { Classification, FieldName, Fields, Reason } from '../../domain/document.ts';

/** Without these a receipt cannot be invoiced. */
const needed: readonly FieldName[] = ['date', 'total'];
/** Below this a person looks at the value. */
export const doubtfulBelow = 0.8;

export function reasonsFor({ kind, merchant }: Classification, fields: Fields): Reason[] {
  return [
    ...(kind === 'other' ? ['not_a_receipt'] : []),
    ...merchantReasons(merchant, fields),
    ...needed.filter((name) => !fields[name]).map((name) => `missing:${name}`),
    ...[...needed, 'taxId' as const].filter((name) => isDoubtful(fields, name)).map((name) => `doubtful:${name}`),
  ];
}

/** A shop outside of the catalogue is fine when its name is surely read: most shops are. */
function merchantReasons(merchant: Classification['merchant'], fields: Fields): Reason[] {
  if (fields.merchant && !isDoubtful(fields, 'merchant')) return [];
  return [merchant?.id ? 'doubtful:merchant' : 'unknown_merchant'];
}

function isDoubtful(fields: Fields, name: FieldName): boolean {
  return (fields[name]?.confidence ?? 1) < doubtfulBelow;
}
