import type { X509Certificate } from 'node:crypto';
import type { EInvoice, InvoiceItem } from '../../../domain/e-invoice.ts';
import { decimalIn } from '../decimal.ts';
import { allAt, attribute, elementsOf, firstAt, type XmlElement } from '../xml/xml-element.ts';
import { cfdiArithmetic } from './cfdi-arithmetic.ts';
import { verifySeal } from './verify-seal.ts';

/**
 * Reads a `cfdi:Comprobante` of version 3.2 (lower-case attributes), 3.3 or 4.0. What only 3.2 says in words (form and method of
 * payment, regime) is left null, since the fields hold codes of the SAT's catalogues.
 */
export function parseCfdi(root: XmlElement, version: string, satCertificates: readonly X509Certificate[]): EInvoice {
  const amount = (...names: string[]) => decimalIn(attribute(root, ...names));
  const stamp = stampOf(root);
  const issuer = issuerOf(root);
  const issuedAt = attribute(root, 'Fecha', 'fecha');
  return {
    standard: 'CFDI',
    version,
    type: attribute(root, 'TipoDeComprobante', 'tipoDeComprobante'),
    series: attribute(root, 'Serie', 'serie'),
    folio: attribute(root, 'Folio', 'folio'),
    issuedAt,
    currency: attribute(root, 'Moneda'),
    exchangeRate: amount('TipoCambio'),
    subtotal: amount('SubTotal', 'subTotal'),
    discount: amount('Descuento', 'descuento'),
    total: amount('Total', 'total'),
    paymentForm: attribute(root, 'FormaPago'),
    paymentMethod: attribute(root, 'MetodoPago'),
    place: attribute(root, 'LugarExpedicion'),
    issuer,
    recipient: recipientOf(root),
    taxes: taxesOf(root),
    items: allAt(root, ['Conceptos', 'Concepto']).map(itemOf),
    seal: verifySeal({ root, version, issuerTaxId: issuer.taxId, issuedAt, stamp }, satCertificates),
    uuidFits: null,
    arithmetic: cfdiArithmetic(root),
    certificateNumber: attribute(root, 'NoCertificado', 'noCertificado'),
    ...stampedParts(root, stamp),
  };
}

/** As many characters of the seal does the SAT's question name, as `fe` (Anexo 20, 2017). */
const sealTailLength = 8;

/** The stamp of the root's complement: what is nested elsewhere (in an addenda) is not this document's. */
export function stampOf(root: XmlElement): XmlElement | undefined {
  return firstAt(root, 'Complemento', 'TimbreFiscalDigital');
}

/** What the stamp, the complement and the addenda say; alike in CFDI and in retenciones. */
export function stampedParts(root: XmlElement, stamp: XmlElement | undefined) {
  return {
    uuid: attribute(stamp, 'UUID'),
    stampedAt: attribute(stamp, 'FechaTimbrado'),
    satCertificateNumber: attribute(stamp, 'NoCertificadoSAT', 'noCertificadoSAT'),
    stampedBy: attribute(stamp, 'RfcProvCertif'),
    complements: namesIn(allAt(root, ['Complemento'])),
    hasAddenda: firstAt(root, 'Addenda') !== undefined,
    sealTail: attribute(root, 'Sello', 'sello')?.slice(-sealTailLength) ?? null,
  };
}

function namesIn(complements: readonly XmlElement[]): string[] {
  return [...new Set(complements.flatMap(elementsOf).map(({ name }) => name))].sort();
}

function issuerOf(root: XmlElement): EInvoice['issuer'] {
  const issuer = firstAt(root, 'Emisor');
  return {
    taxId: attribute(issuer, 'Rfc', 'rfc'),
    name: attribute(issuer, 'Nombre', 'nombre'),
    regime: attribute(issuer, 'RegimenFiscal'),
  };
}

function recipientOf(root: XmlElement): EInvoice['recipient'] {
  const recipient = firstAt(root, 'Receptor');
  return {
    taxId: attribute(recipient, 'Rfc', 'rfc'),
    name: attribute(recipient, 'Nombre', 'nombre'),
    use: attribute(recipient, 'UsoCFDI'),
    postalCode: attribute(recipient, 'DomicilioFiscalReceptor'),
    regime: attribute(recipient, 'RegimenFiscalReceptor'),
  };
}

function taxesOf(root: XmlElement): EInvoice['taxes'] {
  const taxes = firstAt(root, 'Impuestos');
  return {
    transferred: decimalIn(attribute(taxes, 'TotalImpuestosTrasladados', 'totalImpuestosTrasladados')),
    withheld: decimalIn(attribute(taxes, 'TotalImpuestosRetenidos', 'totalImpuestosRetenidos')),
  };
}

function itemOf(item: XmlElement): InvoiceItem {
  return {
    productCode: attribute(item, 'ClaveProdServ'),
    sku: attribute(item, 'NoIdentificacion', 'noIdentificacion'),
    description: attribute(item, 'Descripcion', 'descripcion'),
    quantity: decimalIn(attribute(item, 'Cantidad', 'cantidad')),
    unit: attribute(item, 'ClaveUnidad', 'unidad'),
    unitPrice: decimalIn(attribute(item, 'ValorUnitario', 'valorUnitario')),
    amount: decimalIn(attribute(item, 'Importe', 'importe')),
    discount: decimalIn(attribute(item, 'Descuento')),
  };
}
