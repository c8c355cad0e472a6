import type { FiscalFacts } from '../../domain/code.ts';
import type { Question } from '../../domain/compliance.ts';
import type { EInvoice } from '../../domain/e-invoice.ts';
import { Failure } from '../../domain/failure.ts';
import { createGuardedCall } from '../../resilience/guarded-call.ts';
import { type AuthorityOptions, outagesToOpen } from '../authorities.ts';
import type { FiscalAuthority } from '../authority.ts';
import { postSoap } from '../post-soap.ts';
import { signedGetStatus, soapContentType } from './envelope.ts';
import { parseDianAnswer } from './parse-dian-answer.ts';

/** Colombia: `GetStatus` of the DIAN, each question signed with the company's certificate. */
export function createDian({ dianUrl, timeoutMs, openMs, meter, ...deps }: AuthorityOptions): FiscalAuthority {
  const guarded = createGuardedCall({ provider: 'dian', timeoutMs, openMs, outagesToOpen, meter });

  return {
    name: 'DIAN',
    questionOf,
    questionOfPrint,
    isAway: () => guarded.state() === 'open',
    ask: async ({ uuid }, companyId, signal) => {
      // Before the breaker: a company without a certificate says nothing about the DIAN.
      const credential = await deps.credentialOf(companyId);
      if (!credential)
        throw new Failure('no-certificate', 'ask', `company ${companyId} has no certificate for the DIAN`);
      return guarded.run(async (inTime) => {
        const body = signedGetStatus(uuid, dianUrl, credential, deps.clock.now());
        const request = { url: dianUrl, headers: { 'content-type': soapContentType }, body };
        return parseDianAnswer(await postSoap(request, inTime));
      }, signal);
    },
  };
}

const cufe = /^[0-9a-f]{96}$/i;

/** The CUFE or CUDE of a Colombian invoice: the hex of a SHA-384. */
function questionOf({ standard, uuid, version, issuer, recipient, total }: EInvoice): Question | null {
  if (standard !== 'UBL' || uuid === null || !cufe.test(uuid)) return null;
  return { uuid, version, issuer: issuer.taxId, recipient: recipient.taxId, total, sealTail: null };
}

function questionOfPrint({ standard, documentId, issuerTaxId, recipientTaxId, total }: FiscalFacts): Question | null {
  if (standard !== 'DIAN' || documentId === null || !cufe.test(documentId)) return null;
  return { uuid: documentId, version: null, issuer: issuerTaxId, recipient: recipientTaxId, total, sealTail: null };
}
