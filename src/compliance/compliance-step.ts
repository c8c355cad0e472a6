import type { EInvoice } from '../domain/e-invoice.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Outcome, Step } from '../pipeline/step.ts';
import type { ComplianceRecord, ComplianceRecords } from '../store/compliance-records.ts';
import type { Authorities } from './authorities.ts';
import type { FiscalAuthority } from './authority.ts';
import type { Check, CheckDeps } from './check.ts';
import { isForeign } from './recipient.ts';
import { recordOf } from './record-of.ts';
import { complianceReason, summaryOf } from './summary.ts';

export interface ComplianceStepDeps extends Pick<CheckDeps, 'alert' | 'clock'> {
  authorities: Authorities;
  records: ComplianceRecords;
  check: Check['check'];
  /** Whether one more question may be asked now. */
  mayAsk(authority: FiscalAuthority): Promise<boolean>;
  ownTaxIds(companyId: string): Promise<string[]>;
}

/** A record that is being asked is another's only after this long. */
export const leaseMs = 2 * 60_000;

/**
 * COMPLIANCE → COMPLETED or HUMAN_REVIEW: the authority is asked once, for some seconds at most. When it does not answer, the ticket
 * goes on and the record waits for the sweep.
 */
export function complianceStep(deps: ComplianceStepDeps): Step {
  async function run(ticket: Ticket, signal: AbortSignal): Promise<Outcome> {
    const fresh = recordOf(deps.authorities, ticket, deps.clock.now());
    const parties = fresh?.question ?? partiesOf(ticket.invoice);
    if (isForeign(parties, await deps.ownTaxIds(ticket.companyId))) return refused(ticket, parties);
    if (!fresh) return onwards(ticket.reasons);
    const checked = await askOnce(await deps.records.register(fresh), signal);
    const reason = complianceReason(checked);
    const reasons = reason === null ? ticket.reasons : [...ticket.reasons, reason];
    return onwards(reasons, { compliance: summaryOf(checked) });
  }

  async function askOnce(record: ComplianceRecord, signal: AbortSignal): Promise<ComplianceRecord> {
    const now = deps.clock.now();
    if (record.status !== 'PENDING' || !(await deps.mayAsk(deps.authorities[record.authority]))) return record;
    const mine = await deps.records.claimOne(record.id, now, new Date(now.getTime() + leaseMs));
    if (!mine) return record;
    const checked = await deps.check(mine, signal);
    // The ticket's own answer says it.
    if (checked.status === 'VALIDATED' || checked.status === 'FAILED') await deps.records.markTold([record.id]);
    return checked;
  }

  async function refused({ id, companyId, reasons, fields }: Ticket, { issuer, recipient }: Parties): Promise<Outcome> {
    const detail = `${fields.folio?.value ?? id}: ${issuer ?? '?'} → ${recipient ?? '?'}`;
    await deps.alert({ key: `foreign-invoice:${id}`, what: 'foreign-invoice', companyId, detail });
    return onwards([...reasons, 'foreign_recipient']);
  }

  return { queue: 'comply', stage: 'COMPLIANCE', run };
}

type Parties = Record<'issuer' | 'recipient', string | null>;

function partiesOf(invoice: EInvoice | null): Parties {
  return { issuer: invoice?.issuer.taxId ?? null, recipient: invoice?.recipient.taxId ?? null };
}

function onwards(reasons: string[], patch: Outcome['patch'] = {}): Outcome {
  const unique = [...new Set(reasons)];
  const to = unique.length === 0 ? 'COMPLETED' : 'HUMAN_REVIEW';
  return { to, patch: { ...patch, reasons: unique }, ...(unique[0] ? { reason: unique[0] } : {}) };
}
