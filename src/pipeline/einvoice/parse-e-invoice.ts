import type { X509Certificate } from 'node:crypto';
import { EInvoice } from '../../domain/e-invoice.ts';
import { Failure } from '../../domain/failure.ts';
import { parseCfdi } from './cfdi/parse-cfdi.ts';
import { parseRetenciones } from './cfdi/parse-retenciones.ts';
import { attachedDocument, envelopedDocument } from './ubl/embedded-document.ts';
import { parseUbl } from './ubl/parse-ubl.ts';
import { parseXml } from './xml/parse-xml.ts';
import { attribute, type XmlElement } from './xml/xml-element.ts';

export interface ParseOptions {
  /** Certificates of the SAT that came with the document, to check its stamp with. */
  satCertificates?: readonly X509Certificate[];
  /** Technical keys, or software PINs, of issuers by NIT, to check a CUFE or CUDE with. */
  technicalKeys?: ReadonlyMap<string, string>;
}

/** Local names of the roots that are, or carry, an e-invoice. */
export const invoiceRoots: readonly string[] = [
  'Comprobante',
  'Retenciones',
  'Invoice',
  'CreditNote',
  'DebitNote',
  'AttachedDocument',
  'Envelope',
];

/** An AttachedDocument in a SOAP envelope, and the invoice in it. */
const maxEmbedding = 3;

/**
 * Reads an e-invoice exactly, with its seal and its arithmetic checked: CFDI 3.2, 3.3 and 4.0, retenciones 1.0 and 2.0, UBL 2.1
 * bare, in an AttachedDocument or in a SOAP envelope. Fetches nothing.
 * @throws {Failure} `too-large`, `damaged-file` or `unsupported-type`, each to be mended by the sender.
 */
export function parseEInvoice(bytes: Uint8Array, options: ParseOptions = {}): EInvoice {
  return EInvoice.parse(invoiceIn(parseXml(bytes), options, 0));
}

function invoiceIn(root: XmlElement, options: ParseOptions, embedding: number): EInvoice {
  const { satCertificates = [], technicalKeys } = options;
  const version = attribute(root, 'Version', 'version');
  switch (root.name) {
    case 'Comprobante':
      return parseCfdi(root, known(version, ['3.2', '3.3', '4.0']), satCertificates);
    case 'Retenciones':
      return parseRetenciones(root, known(version, ['1.0', '2.0']), satCertificates);
    case 'Invoice':
    case 'CreditNote':
    case 'DebitNote':
      return parseUbl(root, technicalKeys);
  }
  const embedded = embeddedIn(root);
  if (!embedded || embedding >= maxEmbedding)
    throw new Failure('unsupported-type', 'ask', `no invoice in ${root.name}`);
  const inner = embedded instanceof Uint8Array ? parseXml(embedded) : embedded;
  return invoiceIn(inner, options, embedding + 1);
}

function embeddedIn(root: XmlElement): XmlElement | Uint8Array | null {
  if (root.name === 'AttachedDocument') return attachedDocument(root);
  return root.name === 'Envelope' ? envelopedDocument(root, invoiceRoots) : null;
}

function known(version: string | null, versions: readonly string[]): string {
  if (version && versions.includes(version)) return version;
  throw new Failure('unsupported-type', 'ask', `version ${version ?? 'unknown'} of an e-invoice`);
}
