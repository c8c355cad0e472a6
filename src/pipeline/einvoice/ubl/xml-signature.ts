import { createHash, verify } from 'node:crypto';
import type { Seal } from '../../../domain/e-invoice.ts';
import { parseCertificate, wasValidAt } from '../cfdi/certificate.ts';
import { canonicalXml } from '../xml/canonical-xml.ts';
import { allAt, elementsOf, firstAt, textAt, type XmlElement } from '../xml/xml-element.ts';

const canonical = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

/** Algorithms that the DIAN's signature policy allows, and SHA-1 of its first years. */
const digests: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'sha1'],
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
]);
const signatures: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'sha1'],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', 'sha512'],
]);

/** The document, the key and the signed properties; each one costs a pass over what it names. */
const maxReferences = 8;

/**
 * Checks the enveloped XML signature of a document: that it covers the whole document, each digest, the signature over them, the
 * certificate's dates. Whose certificate it is stays open, since the issuer's provider may sign. What the signature uses beyond
 * canonical XML 1.0 and RSA is not checked.
 */
export function verifyXmlSignature(root: XmlElement, issuedAt: string | null): Seal {
  const path = pathTo(root, ({ name, namespace }) => name === 'Signature' && namespace === signatureNamespace);
  const signature = path?.at(-1);
  if (!path || !textAt(signature, 'SignatureValue')) return { valid: false, reason: 'not-signed' };
  const reason = wrongWith(path, issuedAt);
  return { valid: reason === null ? true : reason === 'not-checked' ? null : false, reason };
}

function wrongWith(path: readonly XmlElement[], issuedAt: string | null): string | null {
  const [root, signature] = [path[0], path.at(-1)];
  const signedInfo = firstAt(signature, 'SignedInfo');
  if (!root || !signature || !signedInfo) return 'not-signed';
  const references = allAt(signedInfo, ['Reference']);
  if (references.length > maxReferences) return 'not-checked';
  if (!references.some(({ attributes }) => attributes.get('URI') === '')) return 'not-signed';
  for (const reference of references) {
    const wrong = wrongWithReference(root, signature, reference);
    if (wrong) return wrong;
  }
  return wrongWithSignature([...path, signedInfo], signature, issuedAt);
}

function wrongWithReference(root: XmlElement, signature: XmlElement, reference: XmlElement): string | null {
  const digest = digests.get(algorithmOf(reference, 'DigestMethod'));
  const transforms = allAt(reference, ['Transforms', 'Transform']).map(
    (each) => each.attributes.get('Algorithm') ?? '',
  );
  if (!digest || transforms.some((each) => each !== canonical && each !== enveloped)) return 'not-checked';
  const path = referredTo(root, reference.attributes.get('URI') ?? '');
  if (!path) return 'digest-mismatch';
  const text = canonicalXml(path, transforms.includes(enveloped) ? signature : undefined);
  const isSame = createHash(digest).update(text).digest('base64') === bare(textAt(reference, 'DigestValue'));
  return isSame ? null : 'digest-mismatch';
}

function wrongWithSignature(
  path: readonly XmlElement[],
  signature: XmlElement,
  issuedAt: string | null,
): string | null {
  const signedInfo = path.at(-1);
  const algorithm = signedInfo && signatures.get(algorithmOf(signedInfo, 'SignatureMethod'));
  if (!algorithm || algorithmOf(signedInfo, 'CanonicalizationMethod') !== canonical) return 'not-checked';
  const encoded = textAt(signature, 'KeyInfo', 'X509Data', 'X509Certificate');
  if (!encoded) return 'no-certificate';
  const certificate = parseCertificate(encoded);
  if (!certificate) return 'bad-certificate';
  const value = Buffer.from(textAt(signature, 'SignatureValue') ?? '', 'base64');
  const isTrue =
    certificate.publicKey.asymmetricKeyType === 'rsa' &&
    verify(algorithm, Buffer.from(canonicalXml(path)), certificate.publicKey, value);
  if (!isTrue) return 'signature-mismatch';
  return issuedAt && wasValidAt(certificate, issuedAt) ? null : 'certificate-out-of-date';
}

/** The path to what a reference's URI names: the whole document, or the one element of that id. */
function referredTo(root: XmlElement, uri: string): readonly XmlElement[] | null {
  if (uri === '') return [root];
  return pathTo(root, ({ attributes }) => attributes.get('Id') === uri.slice(1));
}

/** From the root to the first element that fits; null where none does. */
function pathTo(root: XmlElement, fits: (element: XmlElement) => boolean): XmlElement[] | null {
  if (fits(root)) return [root];
  for (const child of elementsOf(root)) {
    const path = pathTo(child, fits);
    if (path) return [root, ...path];
  }
  return null;
}

function algorithmOf(element: XmlElement, name: string): string {
  return firstAt(element, name)?.attributes.get('Algorithm') ?? '';
}

function bare(base64: string | null): string | undefined {
  return base64?.replace(/\s/g, '');
}
