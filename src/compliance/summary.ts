import type { Compliance } from '../domain/compliance.ts';
import type { ComplianceRecord } from '../store/compliance-records.ts';

/** What a ticket says of its check. */
export function summaryOf(record: ComplianceRecord): Compliance {
  const { authority, status, verdict, answer, isEfosListed, cancellable, checkedAt, nextAt } = record;
  const [checked, next] = [checkedAt, nextAt].map((at) => at?.toISOString() ?? null);
  return {
    ...{ authority, status, verdict, answer, isEfosListed, cancellable },
    ...{ checkedAt: checked ?? null, nextCheckAt: next ?? null },
  };
}

/** Why an invoice is not good, as a ticket's reason; null where it is, or where nobody knows yet. */
export function complianceReason({ status, verdict }: Pick<Compliance, 'status' | 'verdict'>): string | null {
  if (status !== 'FAILED') return null;
  if (verdict === 'cancelled') return 'cancelled_invoice';
  return verdict === 'not-found' ? 'unknown_to_authority' : 'rejected_invoice';
}
