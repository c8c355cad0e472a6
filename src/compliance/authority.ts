import type { FiscalFacts } from '../domain/code.ts';
import type { AuthorityAnswer, AuthorityName, Question } from '../domain/compliance.ts';
import type { EInvoice } from '../domain/e-invoice.ts';

/** A tax authority that tells whether it knows an invoice and how that stands. */
export interface FiscalAuthority {
  readonly name: AuthorityName;
  /** What to ask about the invoice; null where this authority knows nothing of such documents. */
  questionOf(invoice: EInvoice): Question | null;
  /** The same of a printed invoice, by what its QR code says. */
  questionOfPrint(facts: FiscalFacts): Question | null;
  /**
   * Asks once, for the company whose credentials are used where the authority wants some.
   * @throws {Failure} `provider-unavailable` (retry) when it gives no answer in time, `no-certificate` (ask) when the company has to
   * give one first.
   */
  ask(question: Question, companyId: string, signal?: AbortSignal): Promise<AuthorityAnswer>;
  /** Whether it was away when it was last asked, so that nobody asks for a while. */
  isAway(): boolean;
}
