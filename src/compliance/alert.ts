/** Something that whoever runs Recibot has to know, told once per `key`. */
export interface ComplianceAlert {
  key: string;
  what: 'foreign-invoice' | 'cancelled-later' | 'invoice-failed' | 'authority-away' | 'authority-back';
  companyId: string;
  /** Names and numbers of the matter, no secrets: folio and issuer, the authority, a count. */
  detail: string;
}

export type RaiseAlert = (alert: ComplianceAlert) => Promise<void>;
