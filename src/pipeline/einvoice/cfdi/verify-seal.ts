import { verify, type X509Certificate } from 'node:crypto';
import type { Seal } from '../../../domain/e-invoice.ts';
import { attribute, type XmlElement } from '../xml/xml-element.ts';
import { cadenaOriginal } from './cadena-original.ts';
import { certificateNumber, holderTaxId, parseCertificate, wasValidAt } from './certificate.ts';

export interface SealedDocument {
  readonly root: XmlElement;
  readonly version: string;
  readonly issuerTaxId: string | null;
  readonly issuedAt: string | null;
  /** The SAT's stamp on it. */
  readonly stamp: XmlElement | undefined;
}

const digests: ReadonlyMap<string, readonly string[]> = new Map([
  ['Comprobante 3.2', ['sha1']],
  ['Comprobante 3.3', ['sha256']],
  ['Comprobante 4.0', ['sha256']],
  ['Retenciones 1.0', ['sha1', 'sha256']],
  ['Retenciones 2.0', ['sha256']],
  ['TimbreFiscalDigital 1.0', ['sha1']],
  ['TimbreFiscalDigital 1.1', ['sha256']],
]);

/**
 * Checks the issuer's seal, its certificate (dates, RFC) and that the stamp repeats the seal; then the SAT's stamp where its
 * certificate is among those given. It shows that nothing was changed since the holder of that certificate sealed it; that the
 * certificate is the SAT's and the document is in force is for the SAT to say.
 */
export function verifySeal(document: SealedDocument, satCertificates: readonly X509Certificate[]): Seal {
  const reason = wrongWithSeal(document) ?? wrongWithStamp(document, satCertificates);
  if (reason === null) return { valid: true, reason: null };
  if (reason === 'sat-certificate-missing' || reason === 'not-stamped') return { valid: true, reason };
  return { valid: reason === 'complement-not-supported' ? null : false, reason };
}

function wrongWithSeal({ root, version, issuerTaxId, issuedAt }: SealedDocument): string | null {
  const seal = attribute(root, 'Sello', 'sello');
  if (!seal) return 'no-seal';
  const encoded = attribute(root, 'Certificado', 'certificado', 'Cert');
  if (!encoded) return 'no-certificate';
  const certificate = parseCertificate(encoded);
  if (!certificate) return 'bad-certificate';
  const signature = wrongWithSignature(root, version, seal, certificate);
  if (signature) return signature;
  if (!issuedAt || !wasValidAt(certificate, issuedAt)) return 'certificate-out-of-date';
  return holderTaxId(certificate) === issuerTaxId?.toUpperCase() ? null : 'certificate-not-issuer';
}

function wrongWithStamp({ root, stamp }: SealedDocument, satCertificates: readonly X509Certificate[]): string | null {
  if (!stamp) return 'not-stamped';
  if (attribute(stamp, 'SelloCFD', 'selloCFD') !== attribute(root, 'Sello', 'sello')) return 'stamp-mismatch';
  const number = attribute(stamp, 'NoCertificadoSAT', 'noCertificadoSAT');
  const certificate = satCertificates.find((candidate) => certificateNumber(candidate) === number);
  if (!certificate) return 'sat-certificate-missing';
  const seal = attribute(stamp, 'SelloSAT', 'selloSAT') ?? '';
  const version = attribute(stamp, 'Version', 'version') ?? '';
  return wrongWithSignature(stamp, version, seal, certificate) && 'stamp-mismatch';
}

function wrongWithSignature(
  document: XmlElement,
  version: string,
  seal: string,
  certificate: X509Certificate,
): string | null {
  const cadena = cadenaOriginal(document, version);
  const algorithms = digests.get(`${document.name} ${version}`);
  if (!cadena || !algorithms) return 'complement-not-supported';
  const isTrue = algorithms.some((algorithm) => isSigned(algorithm, cadena.text, seal, certificate));
  if (isTrue) return null;
  return cadena.hasUnknown ? 'complement-not-supported' : 'signature-mismatch';
}

function isSigned(algorithm: string, text: string, seal: string, certificate: X509Certificate): boolean {
  try {
    return verify(algorithm, Buffer.from(text), certificate.publicKey, Buffer.from(seal, 'base64'));
  } catch {
    return false;
  }
}
