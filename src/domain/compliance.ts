import { z } from 'zod';

/** Tax authorities that tell whether an e-invoice is good: Mexico's SAT, Colombia's DIAN. */
export const AuthorityName = z.enum(['SAT', 'DIAN']);
export type AuthorityName = z.infer<typeof AuthorityName>;

/**
 * Where the check of one invoice stands. PENDING: not asked yet; VALIDATED: the authority has it and it is good; RETRY: asked,
 * no final answer yet; FALLBACK: the authority is away, everything is kept and backed up until it is back; FAILED: it is not good.
 */
export const ComplianceStatus = z.enum(['PENDING', 'VALIDATED', 'RETRY', 'FALLBACK', 'FAILED']);
export type ComplianceStatus = z.infer<typeof ComplianceStatus>;

/** What the authority says. `not-found` may only mean "not yet": a fresh CFDI takes hours, at times days, to be known. */
export const Verdict = z.enum(['valid', 'cancelled', 'rejected', 'not-found', 'bad-question']);
export type Verdict = z.infer<typeof Verdict>;

/** What a ticket and its result say about the check. */
export const Compliance = z.object({
  authority: AuthorityName,
  status: ComplianceStatus,
  /** Null until the authority has answered. */
  verdict: Verdict.nullable(),
  /** In the authority's own words: `Vigente`, `Cancelado`, `Procesado Correctamente`. */
  answer: z.string().nullable(),
  /** SAT: the issuer is on the list of presumed simulated operations (art. 69-B CFF); null where it does not say. */
  isEfosListed: z.boolean().nullable(),
  /** SAT: whether and how the issuer may cancel it. */
  cancellable: z.string().nullable(),
  checkedAt: z.iso.datetime().nullable(),
  /** When it will be asked again; null when it will not. */
  nextCheckAt: z.iso.datetime().nullable(),
});
export type Compliance = z.infer<typeof Compliance>;

/** What an authority answered to one question. */
export interface AuthorityAnswer {
  verdict: Verdict;
  answer: string;
  isEfosListed: boolean | null;
  cancellable: string | null;
  /** For the history and the operator. */
  detail: string;
}

/** What has to be known of an invoice to ask for it. */
export const Question = z.object({
  uuid: z.string(),
  version: z.string().nullable(),
  issuer: z.string().nullable(),
  recipient: z.string().nullable(),
  total: z.string().nullable(),
  sealTail: z.string().nullable(),
});
export type Question = z.infer<typeof Question>;
