import type { FiscalFacts } from '../../domain/code.ts';
import type { Question } from '../../domain/compliance.ts';
import type { EInvoice } from '../../domain/e-invoice.ts';
import { createGuardedCall } from '../../resilience/guarded-call.ts';
import { type AuthorityOptions, outagesToOpen } from '../authorities.ts';
import type { FiscalAuthority } from '../authority.ts';
import { escapeXml } from '../escape-xml.ts';
import { postSoap } from '../post-soap.ts';
import { satExpression } from './expression.ts';
import { parseSatAnswer } from './parse-sat-answer.ts';

const action = 'http://tempuri.org/IConsultaCFDIService/Consulta';

/** Mexico: the status service of the SAT (ConsultaCFDIService), which wants no credentials. */
export function createSat({ satUrl, timeoutMs, openMs, meter }: AuthorityOptions): FiscalAuthority {
  const guarded = createGuardedCall({ provider: 'sat', timeoutMs, openMs, outagesToOpen, meter });

  return {
    name: 'SAT',
    questionOf,
    questionOfPrint,
    isAway: () => guarded.state() === 'open',
    ask: (question, _companyId, signal) =>
      guarded.run(async (inTime) => {
        const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: action };
        return parseSatAnswer(await postSoap({ url: satUrl, headers, body: envelope(question) }, inTime));
      }, signal),
  };
}

/** Retenciones have a service of their own; what bears no stamp, nobody knows. */
function questionOf({ standard, uuid, version, issuer, recipient, total, sealTail }: EInvoice): Question | null {
  if (standard !== 'CFDI' || uuid === null) return null;
  return { uuid, version, issuer: issuer.taxId, recipient: recipient.taxId, total, sealTail };
}

/** The code of 3.2 names no seal. */
function questionOfPrint({ standard, documentId, issuerTaxId, recipientTaxId, total, sealTail }: FiscalFacts) {
  if (standard !== 'CFDI' || documentId === null || issuerTaxId === null || recipientTaxId === null) return null;
  const version = sealTail === null ? '3.2' : '4.0';
  return { uuid: documentId, version, issuer: issuerTaxId, recipient: recipientTaxId, total, sealTail };
}

function envelope(question: Question): string {
  const expression = escapeXml(satExpression(question));
  return `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><c:Consulta xmlns:c="http://tempuri.org/"><c:expresionImpresa>${expression}</c:expresionImpresa></c:Consulta></s:Body></s:Envelope>`;
}
