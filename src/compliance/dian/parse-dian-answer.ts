import type { AuthorityAnswer, Verdict } from '../../domain/compliance.ts';
import { allAt, firstAt, textAt, textOf, type XmlElement } from '../../pipeline/einvoice/xml/xml-element.ts';
import { unavailable } from '../post-soap.ts';

/** DIAN, Anexo Técnico 1.9, codes of DianResponse: 66 and 90 say that there is no such document, or not yet. */
const unknownCodes: ReadonlySet<string> = new Set(['66', '90']);

/** Reads `GetStatusResult`. Throws `provider-unavailable` for what says nothing that is known. */
export function parseDianAnswer(body: XmlElement): AuthorityAnswer {
  const result = firstAt(body, 'GetStatusResponse', 'GetStatusResult');
  const code = textAt(result, 'StatusCode') ?? '';
  const description = textAt(result, 'StatusDescription') ?? '';
  const errors = result ? allAt(result, ['ErrorMessage', 'string']).map(textOf) : [];
  const verdict = verdictOf(code, textAt(result, 'IsValid'), errors);
  return {
    verdict,
    answer: description || code,
    isEfosListed: null,
    cancellable: null,
    detail: [code, description, textAt(result, 'StatusMessage'), ...errors].filter(Boolean).join(' · ').slice(0, 2_000),
  };
}

/** A document that passed with notices is valid; one that broke a rule (99) is rejected, and stays so. */
function verdictOf(code: string, isValid: string | null, errors: readonly string[]): Verdict {
  if (unknownCodes.has(code)) return 'not-found';
  if (isValid === 'true') return 'valid';
  if (isValid === 'false' && (code === '99' || errors.length > 0)) return 'rejected';
  throw unavailable(`the DIAN answered "${code}", valid "${isValid}"`.slice(0, 300));
}
