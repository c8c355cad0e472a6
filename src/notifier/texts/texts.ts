import type { DocumentKind, FieldName } from '../../domain/document.ts';
import type { FailureCode } from '../../domain/failure.ts';
import type { Language } from '../../domain/language.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { pt } from './pt.ts';

/** Everything Recibot says to people, once per language; a missing text is a type error. */
export interface Texts {
  /** Intl locale for amounts and dates. */
  locale: string;
  kinds: Record<DocumentKind, string>;
  fields: Record<FieldName, string>;
  /** The values of the field `paymentMethod`. */
  paymentMethods: Readonly<Record<string, string>>;
  failures: Record<FailureCode, string>;
  completed: string;
  review: string;
  /** `{first}` is when the first one came. */
  duplicate: string;
  /** A package of so many invoices. */
  package: (invoices: number) => string;
  duplicateUnderWay: string;
  reasons: {
    missing: (field: string) => string;
    doubtful: (field: string) => string;
    /** The document's bar code and its print say two things. */
    disagrees: (field: string) => string;
    unknownMerchant: string;
    notAReceipt: string;
    noText: string;
    invalidSeal: string;
    unverifiedSeal: string;
    notStamped: string;
    arithmeticMismatch: string;
    uuidMismatch: string;
    foreignRecipient: string;
    cancelledInvoice: string;
    rejectedInvoice: string;
    unknownToAuthority: string;
    portalMissing: string;
    portalAlready: string;
    portalInvalid: string;
    portalUnknown: string;
    portalExpired: string;
    portalCaptcha: string;
    portalWithoutXml: string;
    portalNone: string;
    other: string;
  };
}

export const texts: Record<Language, Texts> = { es, en, pt };
