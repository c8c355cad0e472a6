import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cadenaOriginal } from '../../src/pipeline/einvoice/cfdi/cadena-original.ts';
import { canonicalXml } from '../../src/pipeline/einvoice/xml/canonical-xml.ts';
import { parseXml } from '../../src/pipeline/einvoice/xml/parse-xml.ts';
import { elementsOf } from '../../src/pipeline/einvoice/xml/xml-element.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/einvoice/${name}`, import.meta.url));
const issuerKey = createPrivateKey(fixture('issuer.key.pem'));
const stampKey = createPrivateKey(fixture('stamp.key.pem'));
export const issuerCertificate = new X509Certificate(fixture('issuer.cer.pem'));
export const stampCertificate = new X509Certificate(fixture('stamp.cer.pem'));

export interface CfdiOptions {
  total?: string;
  issuer?: string;
  /** Tax id of whom it is for. */
  recipient?: string;
  issuedAt?: string;
  /** Content of the complement besides the stamp. */
  complement?: string;
  addenda?: string;
  isStamped?: boolean;
  /** Number of the stamp. */
  uuid?: string;
}

/** A CFDI 4.0 over 100.00 + 16.00 of a company of nobody, without seal. */
function unsealedCfdi(options: CfdiOptions): string {
  const {
    total = '116.00',
    issuer = 'AAA010101AAA',
    recipient = 'XAXX010101000',
    issuedAt = '2027-01-15T10:30:00',
    complement = '',
  } = options;
  return `<?xml version="1.0" encoding="UTF-8"?>
<cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4" Version="4.0" Serie="A" Folio="17" Fecha="${issuedAt}"
  FormaPago="04" NoCertificado="30001000000500009999" SubTotal="100.00" Moneda="MXN" Total="${total}" TipoDeComprobante="I"
  Exportacion="01" MetodoPago="PUE" LugarExpedicion="06000" Certificado="${issuerCertificate.raw.toString('base64')}" Sello="">
  <cfdi:Emisor Rfc="${issuer}" Nombre="Café &amp; Ñandú" RegimenFiscal="601"/>
  <cfdi:Receptor Rfc="${recipient}" Nombre="PÚBLICO  EN GENERAL" DomicilioFiscalReceptor="06000" RegimenFiscalReceptor="616" UsoCFDI="S01"/>
  <cfdi:Conceptos>
    <cfdi:Concepto ClaveProdServ="50202306" Cantidad="2" ClaveUnidad="H87" Descripcion="Café" ValorUnitario="50.00" Importe="100.00" ObjetoImp="02">
      <cfdi:Impuestos><cfdi:Traslados><cfdi:Traslado Base="100.00" Impuesto="002" TipoFactor="Tasa" TasaOCuota="0.160000" Importe="16.00"/></cfdi:Traslados></cfdi:Impuestos>
    </cfdi:Concepto>
  </cfdi:Conceptos>
  <cfdi:Impuestos TotalImpuestosTrasladados="16.00"><cfdi:Traslados><cfdi:Traslado Base="100.00" Impuesto="002" TipoFactor="Tasa" TasaOCuota="0.160000" Importe="16.00"/></cfdi:Traslados></cfdi:Impuestos>
  <cfdi:Complemento>${complement}</cfdi:Complemento>${options.addenda ?? ''}
</cfdi:Comprobante>`;
}

/** The same with seal and stamp, both true. Its parts may be changed afterwards to make them false. */
export function aCfdi(options: CfdiOptions = {}): string {
  const unsealed = unsealedCfdi(options);
  const seal = sealOf(unsealed, '4.0', issuerKey);
  const sealed = unsealed.replace('Sello=""', `Sello="${seal}"`);
  if (options.isStamped === false) return sealed;
  const stamp = `<tfd:TimbreFiscalDigital xmlns:tfd="http://www.sat.gob.mx/TimbreFiscalDigital" Version="1.1" UUID="${options.uuid ?? '5A1B2C3D-0000-4000-8000-00000000ABCD'}" FechaTimbrado="2027-01-15T10:31:00" RfcProvCertif="SPR190613I52" SelloCFD="${seal}" NoCertificadoSAT="00001000000500008888" SelloSAT=""/>`;
  const stamped = stamp.replace('SelloSAT=""', `SelloSAT="${sealOf(stamp, '1.1', stampKey)}"`);
  return sealed.replace('</cfdi:Complemento>', `${stamped}</cfdi:Complemento>`);
}

function sealOf(xml: string, version: string, key: ReturnType<typeof createPrivateKey>): string {
  const cadena = cadenaOriginal(parseXml(Buffer.from(xml)), version);
  return sign('sha256', Buffer.from(cadena?.text ?? ''), key).toString('base64');
}

/** A Colombian invoice NC424 over 1,000.00 + 190.00, signed by nobody. */
export function aUblInvoice(changes: { root?: string; payable?: string } = {}): string {
  const { root = 'Invoice', payable = '1190.00' } = changes;
  const party = (id: string, name: string, prefix: string) =>
    `<cac:Party><cac:PartyTaxScheme><cbc:RegistrationName>${name}</cbc:RegistrationName><cbc:CompanyID schemeID="8">${id}</cbc:CompanyID><cbc:TaxLevelCode>O-13</cbc:TaxLevelCode></cac:PartyTaxScheme><cac:PartyLegalEntity><cac:CorporateRegistrationScheme><cbc:ID>${prefix}</cbc:ID></cac:CorporateRegistrationScheme></cac:PartyLegalEntity></cac:Party>`;
  return `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${root}-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:UBLVersionID>UBL 2.1</cbc:UBLVersionID><cbc:ID>NC424</cbc:ID><cbc:UUID schemeName="CUFE-SHA384">abc123</cbc:UUID>
<cbc:IssueDate>2027-01-15</cbc:IssueDate><cbc:IssueTime>10:02:49-05:00</cbc:IssueTime><cbc:DocumentCurrencyCode>COP</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty>${party('800197268', 'Panadería de Prueba', 'NC')}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>${party('222222222222', 'Consumidor final', '')}</cac:AccountingCustomerParty>
<cac:PaymentMeans><cbc:ID>1</cbc:ID><cbc:PaymentMeansCode>10</cbc:PaymentMeansCode></cac:PaymentMeans>
<cac:TaxTotal><cbc:TaxAmount currencyID="COP">190.00</cbc:TaxAmount></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount>1000.00</cbc:LineExtensionAmount><cbc:PayableAmount>${payable}</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:${root}Line><cbc:InvoicedQuantity unitCode="94">2.00</cbc:InvoicedQuantity><cbc:LineExtensionAmount>1000.00</cbc:LineExtensionAmount><cac:Item><cbc:Description>Pan</cbc:Description></cac:Item><cac:Price><cbc:PriceAmount>500.00</cbc:PriceAmount></cac:Price></cac:${root}Line>
</${root}>`;
}

/** The DIAN's container around what `description` says it carries. */
export function anAttachedDocument(description: string): string {
  return `<AttachedDocument xmlns="urn:oasis:names:specification:ubl:schema:xsd:AttachedDocument-2" xmlns:cac="cac" xmlns:cbc="cbc"><cbc:ID>1</cbc:ID><cac:Attachment><cac:ExternalReference><cbc:MimeCode>text/xml</cbc:MimeCode><cbc:Description>${description}</cbc:Description></cac:ExternalReference></cac:Attachment><cac:ParentDocumentLineReference><cac:DocumentReference><cac:Attachment><cac:ExternalReference><cbc:Description><![CDATA[<ApplicationResponse/>]]></cbc:Description></cac:ExternalReference></cac:Attachment></cac:DocumentReference></cac:ParentDocumentLineReference></AttachedDocument>`;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Content of `aSignedUbl`'s signature that tests change to make it false or unknown. */
export interface SignatureOptions {
  issuedAt?: string;
  canonicalization?: string;
  uri?: string;
}

/** A UBL invoice with an enveloped XML signature as the DIAN wants it, true unless its parts are changed afterwards. */
export function aSignedUbl(options: SignatureOptions = {}): string {
  const {
    issuedAt = '2027-01-15',
    canonicalization = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
    uri = '',
  } = options;
  const unsigned = aUblInvoice()
    .replace('<cbc:UBLVersionID>', '<ext:UBLExtensions xmlns:ext="e"></ext:UBLExtensions><cbc:UBLVersionID>')
    .replace('2027-01-15', issuedAt);
  const digest = createHash('sha256')
    .update(canonicalXml([parseXml(Buffer.from(unsigned))]))
    .digest('base64');
  const sha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
  const info = `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${canonicalization}"/><ds:SignatureMethod Algorithm="${sha256}"/><ds:Reference URI="${uri}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
  const certificate = issuerCertificate.raw.toString('base64');
  const signature = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${info}<ds:SignatureValue>VALUE</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`;
  const document = unsigned.replace('</ext:UBLExtensions>', `${signature}</ext:UBLExtensions>`);
  const root = parseXml(Buffer.from(document));
  const extensions = elementsOf(root)[0] ?? root;
  const signed = elementsOf(extensions)[0] ?? root;
  const text = canonicalXml([root, extensions, signed, elementsOf(signed)[0] ?? root]);
  return document.replace('VALUE', sign('sha256', Buffer.from(text), issuerKey).toString('base64'));
}
