import { X509Certificate } from 'node:crypto';
import type { EInvoice } from '../../domain/e-invoice.ts';
import { Failure } from '../../domain/failure.ts';
import { parseEInvoice } from './parse-e-invoice.ts';
import { gunzip, type PackedFile, unzip } from './unpack.ts';

type Opener = (bytes: Uint8Array) => EInvoice | Promise<EInvoice>;

/** The types that hold an e-invoice, as `identifyFile` names them, and how each is read. */
const openers: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  ['application/xml', (bytes) => parseEInvoice(bytes)],
  ['application/gzip', (bytes) => parseEInvoice(gunzip(bytes))],
  ['application/zip', fromZip],
]);

/** Whether files of this type are read as e-invoices, without OCR. */
export function holdsEInvoice(mime: string): boolean {
  return openers.has(mime);
}

/**
 * Reads the e-invoice in a file: bare, packed with gzip, or the one invoice in a ZIP, whatever else lies beside it.
 * @throws {Failure} those of `parseEInvoice`, and `several-invoices`; each to be mended by the sender.
 */
export async function readEInvoice(bytes: Uint8Array, mime: string): Promise<EInvoice> {
  const open = openers.get(mime);
  if (!open) throw new Failure('unsupported-type', 'ask', `${mime} holds no e-invoice`);
  return open(bytes);
}

async function fromZip(bytes: Uint8Array): Promise<EInvoice> {
  const files = await unzip(bytes, (name) => /\.(xml|cer)$/i.test(name));
  const satCertificates = files.filter(({ name }) => /\.cer$/i.test(name)).flatMap(certificateIn);
  const invoices = files
    .filter(({ name }) => /\.xml$/i.test(name))
    .flatMap((file) => invoiceIn(file, satCertificates))
    .filter(isFirstOfItsKey);
  const [invoice] = invoices;
  if (!invoice) throw new Failure('unsupported-type', 'ask', 'no e-invoice in the ZIP');
  if (invoices.length > 1) throw new Failure('several-invoices', 'ask', `${invoices.length} e-invoices in the ZIP`);
  return invoice;
}

/** An XML that is no invoice (a schema, an answer of the authority) does not hinder; a damaged one does. */
function invoiceIn({ bytes }: PackedFile, satCertificates: readonly X509Certificate[]): EInvoice[] {
  try {
    return [parseEInvoice(bytes, { satCertificates })];
  } catch (error) {
    if (error instanceof Failure && error.code === 'unsupported-type') return [];
    throw error;
  }
}

/** An invoice may lie there twice, bare and in its AttachedDocument. */
function isFirstOfItsKey({ uuid }: EInvoice, index: number, all: readonly EInvoice[]): boolean {
  return uuid === null || all.findIndex((other) => other.uuid === uuid) === index;
}

function certificateIn({ bytes }: PackedFile): X509Certificate[] {
  try {
    return [new X509Certificate(bytes)];
  } catch {
    return [];
  }
}
