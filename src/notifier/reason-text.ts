import type { FieldName } from '../domain/document.ts';
import type { Texts } from './texts/texts.ts';

/** Why a person has to look, in words. Takes the codes of `Reason` and of failures. */
export function reasonText(reason: string, { reasons, fields, failures }: Texts): string {
  const [code, detail = ''] = reason.split(':');
  const label = detail in fields ? fields[detail as FieldName] : null; // just looked up
  if (code === 'missing' && label) return reasons.missing(label);
  if (code === 'doubtful' && label) return reasons.doubtful(label);
  if (reason === 'unknown_merchant') return reasons.unknownMerchant;
  if (reason === 'not_a_receipt') return reasons.notAReceipt;
  if (reason === 'no_text') return reasons.noText;
  return reason in failures ? failures[reason as keyof typeof failures] : reasons.other; // just looked up
}
