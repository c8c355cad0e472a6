import type { AuthorityAnswer, Verdict } from '../../domain/compliance.ts';
import { firstAt, textAt, type XmlElement } from '../../pipeline/einvoice/xml/xml-element.ts';
import { unavailable } from '../post-soap.ts';

/** Codes of `ValidacionEFOS` that say that the issuer (and who acts for it) is not on the list. */
const notListed: ReadonlySet<string> = new Set(['200', '201']);

/** Reads `ConsultaResult`. Throws `provider-unavailable` for what says nothing that is known. */
export function parseSatAnswer(body: XmlElement): AuthorityAnswer {
  const result = firstAt(body, 'ConsultaResponse', 'ConsultaResult');
  const [code, state] = [textAt(result, 'CodigoEstatus') ?? '', textAt(result, 'Estado') ?? ''];
  const efos = textAt(result, 'ValidacionEFOS');
  return {
    verdict: verdictOf(code, state),
    answer: state || code,
    isEfosListed: efos === null ? null : !notListed.has(efos),
    cancellable: textAt(result, 'EsCancelable'),
    detail: [code, state, textAt(result, 'EstatusCancelacion'), efos && `EFOS ${efos}`].filter(Boolean).join(' · '),
  };
}

/** `S - …` the SAT has it; `N - 601` the question is malformed, and stays so; `N - 602` it does not have it, or not yet. */
function verdictOf(code: string, state: string): Verdict {
  if (/^N\s*-\s*601/.test(code)) return 'bad-question';
  if (/^N\s*-\s*602/.test(code) || /^no encontrado$/i.test(state)) return 'not-found';
  if (/^vigente$/i.test(state)) return 'valid';
  if (/^cancelado$/i.test(state)) return 'cancelled';
  throw unavailable(`the SAT answered "${code}" "${state}"`.slice(0, 300));
}
