import { X509Certificate } from 'node:crypto';
import type { EInvoice } from '../../domain/e-invoice.ts';
import { Failure } from '../../domain/failure.ts';
import { type ParseOptions, parseEInvoice } from './parse-e-invoice.ts';
import { gunzip, type PackedFile, unzip } from './unpack.ts';

/** What is known of issuers. */
export type InvoiceOptions = Pick<ParseOptions, 'technicalKeys'>;

/** One invoice of a file. */
export interface FoundInvoice {
  /** As the archive names it, for a ZIP; else empty. */
  readonly name: string;
  /** Its XML. */
  readonly bytes: Uint8Array;
  readonly invoice: EInvoice;
}

type Opener = (bytes: Uint8Array, options: InvoiceOptions) => FoundInvoice[] | Promise<FoundInvoice[]>;

/** Invoices of one ZIP that get tickets: a month of a small business. */
const maxInvoices = 100;

/** The types that hold an e-invoice, as `identifyFile` names them, and how each is read. */
const openers: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  ['application/xml', alone],
  ['application/gzip', (bytes, options) => alone(gunzip(bytes), options)],
  ['application/zip', fromZip],
]);

/** Whether files of this type are read as e-invoices, without OCR. */
export function holdsEInvoice(mime: string): boolean {
  return openers.has(mime);
}

/**
 * Reads the e-invoices in a file, at least one: bare, packed with gzip, or those in a ZIP, whatever else lies beside them.
 * @throws {Failure} those of `parseEInvoice`, and `several-invoices` for more than 100; each to be mended by the sender.
 */
export async function readEInvoices(
  bytes: Uint8Array,
  mime: string,
  options: InvoiceOptions = {},
): Promise<FoundInvoice[]> {
  const open = openers.get(mime);
  if (!open) throw new Failure('unsupported-type', 'ask', `${mime} holds no e-invoice`);
  return open(bytes, options);
}

/** The one e-invoice in a file. @throws {Failure} those of `readEInvoices`, and `several-invoices` where there are more. */
export async function readEInvoice(bytes: Uint8Array, mime: string): Promise<EInvoice> {
  const [first, ...others] = await readEInvoices(bytes, mime);
  if (!first || others.length > 0) throw new Failure('several-invoices', 'ask', `${others.length + 1} e-invoices`);
  return first.invoice;
}

function alone(bytes: Uint8Array, options: InvoiceOptions): FoundInvoice[] {
  return [{ name: '', bytes, invoice: parseEInvoice(bytes, options) }];
}

async function fromZip(bytes: Uint8Array, options: InvoiceOptions): Promise<FoundInvoice[]> {
  const files = await unzip(bytes, (name) => /\.(xml|cer)$/i.test(name));
  const satCertificates = files.filter(({ name }) => /\.cer$/i.test(name)).flatMap(certificateIn);
  const invoices = files
    .filter(({ name }) => /\.xml$/i.test(name))
    .flatMap((file) => invoiceIn(file, { ...options, satCertificates }))
    .filter(isFirstOfItsKey);
  if (invoices.length === 0) throw new Failure('unsupported-type', 'ask', 'no e-invoice in the ZIP');
  if (invoices.length > maxInvoices) {
    throw new Failure('several-invoices', 'ask', `${invoices.length} e-invoices in the ZIP, at most ${maxInvoices}`);
  }
  return invoices;
}

/** An XML that is no invoice (a schema, an answer of the authority) does not hinder; a damaged one does. */
function invoiceIn({ name, bytes }: PackedFile, options: ParseOptions): FoundInvoice[] {
  try {
    return [{ name, bytes, invoice: parseEInvoice(bytes, options) }];
  } catch (error) {
    if (error instanceof Failure && error.code === 'unsupported-type') return [];
    throw error;
  }
}

/** An invoice may lie there twice, bare and in its AttachedDocument. */
function isFirstOfItsKey({ invoice }: FoundInvoice, index: number, all: readonly FoundInvoice[]): boolean {
  const { uuid } = invoice;
  return uuid === null || all.findIndex((other) => other.invoice.uuid === uuid) === index;
}

function certificateIn({ bytes }: PackedFile): X509Certificate[] {
  try {
    return [new X509Certificate(bytes)];
  } catch {
    return [];
  }
}
