import type { X509Certificate } from 'node:crypto';
import type { EInvoice } from '../../../domain/e-invoice.ts';
import { compareTotal } from '../arithmetic.ts';
import { decimalIn, toMicros } from '../decimal.ts';
import { attribute, firstAt, type XmlElement } from '../xml/xml-element.ts';
import { stampedParts, stampOf } from './parse-cfdi.ts';
import { verifySeal } from './verify-seal.ts';

/**
 * Reads a `retenciones:Retenciones` of version 1.0 or 2.0: the statement of taxes withheld from a payment. Its total is the
 * amount of the operation, its `type` the code of what was paid (CveRetenc).
 */
export function parseRetenciones(
  root: XmlElement,
  version: string,
  satCertificates: readonly X509Certificate[],
): EInvoice {
  const totals = firstAt(root, 'Totales');
  const total = decimalIn(attribute(totals, 'MontoTotOperacion', 'montoTotOperacion'));
  const stamp = stampOf(root);
  const issuer = issuerOf(root);
  const issuedAt = attribute(root, 'FechaExp');
  return {
    standard: 'CFDI-RETENCIONES',
    version,
    type: attribute(root, 'CveRetenc'),
    series: null,
    folio: attribute(root, 'FolioInt'),
    issuedAt,
    currency: 'MXN',
    exchangeRate: null,
    subtotal: null,
    discount: null,
    total,
    paymentForm: null,
    paymentMethod: null,
    place: attribute(root, 'LugarExpRetenc'),
    issuer,
    recipient: recipientOf(root),
    taxes: { transferred: null, withheld: decimalIn(attribute(totals, 'MontoTotRet', 'montoTotRet')) },
    items: [],
    seal: verifySeal({ root, version, issuerTaxId: issuer.taxId, issuedAt, stamp }, satCertificates),
    uuidFits: null,
    arithmetic: compareTotal(toMicros(total), partsOf(totals)),
    certificateNumber: attribute(root, 'NoCertificado', 'NumCert'),
    ...stampedParts(root, stamp),
  };
}

/** Taxed and exempt parts of the operation. */
function partsOf(totals: XmlElement | undefined): bigint | null {
  const taxed = toMicros(decimalIn(attribute(totals, 'MontoTotGrav', 'montoTotGrav')));
  const exempt = toMicros(decimalIn(attribute(totals, 'MontoTotExent', 'montoTotExent')));
  return taxed === null || exempt === null ? null : taxed + exempt;
}

function issuerOf(root: XmlElement): EInvoice['issuer'] {
  const issuer = firstAt(root, 'Emisor');
  return {
    taxId: attribute(issuer, 'RfcE', 'RFCEmisor'),
    name: attribute(issuer, 'NomDenRazSocE'),
    regime: attribute(issuer, 'RegimenFiscalE'),
  };
}

function recipientOf(root: XmlElement): EInvoice['recipient'] {
  const national = firstAt(root, 'Receptor', 'Nacional');
  const foreign = firstAt(root, 'Receptor', 'Extranjero');
  return {
    taxId: attribute(national, 'RfcR', 'RFCRecep') ?? attribute(foreign, 'NumRegIdTribR', 'NumRegIdTrib'),
    name: attribute(national ?? foreign, 'NomDenRazSocR'),
    use: null,
    postalCode: attribute(national, 'DomicilioFiscalR'),
    regime: null,
  };
}
