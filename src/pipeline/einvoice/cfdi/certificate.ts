import { X509Certificate } from 'node:crypto';

/** The certificate in base64 as a CFDI carries it, or null where it is none. */
export function parseCertificate(base64: string): X509Certificate | null {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'));
  } catch {
    return null;
  }
}

/** The SAT's 20-digit number of a certificate: its serial number, of which each byte is the ASCII code of a digit. */
export function certificateNumber(certificate: X509Certificate): string {
  return Buffer.from(certificate.serialNumber, 'hex').toString('latin1');
}

/** OID 2.5.4.45, x500UniqueIdentifier: where the SAT writes `RFC / RFC of the legal representative`. */
const uniqueIdentifier = Buffer.from('060355042d', 'hex');

/** The RFC of the certificate's holder; null where none is stated. The issuer has one too, but stands before the holder. */
export function holderTaxId(certificate: X509Certificate): string | null {
  const der = certificate.raw;
  const at = der.lastIndexOf(uniqueIdentifier);
  if (at < 0) return null;
  const [tag, length] = der.subarray(at + uniqueIdentifier.length);
  const start = at + uniqueIdentifier.length + 2;
  const utf8String = 0x0c;
  const text = der.subarray(start, start + (length ?? 0)).toString(tag === utf8String ? 'utf8' : 'latin1');
  return text.split('/')[0]?.trim().toUpperCase() || null;
}

/**
 * Whether the certificate was valid then. A CFDI's date is local and without zone (UTC−5 to UTC−8 in Mexico), so half a day is
 * allowed at the beginning; read as UTC it is never too late at the end.
 */
export function wasValidAt(certificate: X509Certificate, issuedAt: string): boolean {
  const at = Date.parse(`${issuedAt.slice(0, 19)}Z`);
  if (Number.isNaN(at)) return false;
  const halfDayMs = 12 * 3_600_000;
  return at + halfDayMs >= certificate.validFromDate.getTime() && at <= certificate.validToDate.getTime();
}
