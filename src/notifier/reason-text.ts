import type { FieldName } from '../domain/document.ts';
import type { Texts } from './texts/texts.ts';

/** The texts that need no field's name. */
type PlainReason = Exclude<keyof Texts['reasons'], 'missing' | 'doubtful' | 'disagrees' | 'other'>;

/** Codes that say all by themselves, and which text each has. */
const plainReasons: ReadonlyMap<string, PlainReason> = new Map([
  ['unknown_merchant', 'unknownMerchant'],
  ['not_a_receipt', 'notAReceipt'],
  ['no_text', 'noText'],
  ['invalid_seal', 'invalidSeal'],
  ['unverified_seal', 'unverifiedSeal'],
  ['not_stamped', 'notStamped'],
  ['arithmetic_mismatch', 'arithmeticMismatch'],
  ['uuid_mismatch', 'uuidMismatch'],
  ['foreign_recipient', 'foreignRecipient'],
  ['cancelled_invoice', 'cancelledInvoice'],
  ['rejected_invoice', 'rejectedInvoice'],
  ['unknown_to_authority', 'unknownToAuthority'],
  ['portal_missing', 'portalMissing'],
  ['portal_ya_facturado', 'portalAlready'],
  ['portal_datos_invalidos', 'portalInvalid'],
  ['portal_ticket_no_encontrado', 'portalUnknown'],
  ['portal_ticket_vencido', 'portalExpired'],
  ['portal_captcha', 'portalCaptcha'],
  ['portal_without_xml', 'portalWithoutXml'],
  ['portal_no_facturado', 'portalNone'],
]);

/** Why a person has to look, in words. Takes the codes of `Reason` and of failures. */
export function reasonText(reason: string, { reasons, fields, failures }: Texts): string {
  const [code, detail = ''] = reason.split(':');
  const label = detail in fields ? fields[detail as FieldName] : null; // just looked up
  if (code === 'missing' && label) return reasons.missing(label);
  if (code === 'doubtful' && label) return reasons.doubtful(label);
  if (code === 'disagrees' && label) return reasons.disagrees(label);
  const plain = plainReasons.get(reason);
  if (plain) return reasons[plain];
  return reason in failures ? failures[reason as keyof typeof failures] : reasons.other; // just looked up
}
