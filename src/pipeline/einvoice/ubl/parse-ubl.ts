import type { EInvoice, InvoiceItem } from '../../../domain/e-invoice.ts';
import { decimalIn, fromMicros, sumOf } from '../decimal.ts';
import { allAt, elementsOf, firstAt, textAt, textOf, type XmlElement } from '../xml/xml-element.ts';
import { cufeFits } from './cufe.ts';
import { ublArithmetic } from './ubl-arithmetic.ts';
import { verifyXmlSignature } from './xml-signature.ts';

/** Reads a UBL 2.1 `Invoice`, `CreditNote` or `DebitNote`, as the DIAN of Colombia has it. */
export function parseUbl(root: XmlElement, technicalKeys: ReadonlyMap<string, string> = new Map()): EInvoice {
  const totals = totalsOf(root);
  const number = textAt(root, 'ID');
  const series = seriesOf(root, number);
  const issuedAt = issuedAtOf(root);
  const issuer = issuerOf(root);
  const key = technicalKeys.get(issuer.taxId ?? '');
  return {
    standard: 'UBL',
    version: textAt(root, 'UBLVersionID')?.replace(/^UBL\s*/i, '') ?? null,
    uuid: textAt(root, 'UUID'),
    type: root.name,
    series,
    folio: number?.slice(series?.length ?? 0) || null,
    issuedAt,
    currency: textAt(root, 'DocumentCurrencyCode'),
    exchangeRate: decimalIn(textAt(root, 'PaymentExchangeRate', 'CalculationRate')),
    subtotal: decimalIn(textAt(totals, 'LineExtensionAmount')),
    discount: decimalIn(textAt(totals, 'AllowanceTotalAmount')),
    total: decimalIn(textAt(totals, 'PayableAmount')),
    paymentForm: textAt(root, 'PaymentMeans', 'PaymentMeansCode'),
    paymentMethod: textAt(root, 'PaymentMeans', 'ID'),
    place: textAt(supplierOf(root), 'PhysicalLocation', 'Address', 'CityName'),
    issuer,
    recipient: recipientOf(root),
    taxes: { transferred: taxAmount(root, 'TaxTotal'), withheld: taxAmount(root, 'WithholdingTaxTotal') },
    items: elementsOf(root)
      .filter(({ name }) => /^(Invoice|CreditNote|DebitNote)Line$/.test(name))
      .map(itemOf),
    stampedAt: null,
    seal: verifyXmlSignature(root, issuedAt),
    arithmetic: ublArithmetic(root, totals),
    certificateNumber: null,
    satCertificateNumber: null,
    stampedBy: null,
    complements: [],
    hasAddenda: false,
    sealTail: null,
    uuidFits: key === undefined ? null : cufeFits(root, key),
  };
}

/** A debit note names its totals otherwise. */
function totalsOf(root: XmlElement): XmlElement | undefined {
  return firstAt(root, 'LegalMonetaryTotal') ?? firstAt(root, 'RequestedMonetaryTotal');
}

/** The authorised prefix, where the number begins with it. */
function seriesOf(root: XmlElement, number: string | null): string | null {
  const scheme = 'CorporateRegistrationScheme';
  const prefix = textAt(supplierOf(root), 'PartyLegalEntity', scheme, 'ID');
  return prefix && number?.startsWith(prefix) && number !== prefix ? prefix : null;
}

function issuedAtOf(root: XmlElement): string | null {
  const [date, time] = [textAt(root, 'IssueDate'), textAt(root, 'IssueTime')];
  return date && time ? `${date}T${time}` : date;
}

function supplierOf(root: XmlElement): XmlElement | undefined {
  return firstAt(root, 'AccountingSupplierParty', 'Party');
}

function issuerOf(root: XmlElement): EInvoice['issuer'] {
  const party = supplierOf(root);
  return { taxId: taxIdOf(party), name: nameOf(party), regime: textAt(party, 'PartyTaxScheme', 'TaxLevelCode') };
}

function recipientOf(root: XmlElement): EInvoice['recipient'] {
  const party = firstAt(root, 'AccountingCustomerParty', 'Party');
  return {
    taxId: taxIdOf(party),
    name: nameOf(party),
    use: null,
    postalCode: textAt(party, 'PhysicalLocation', 'Address', 'PostalZone'),
    regime: textAt(party, 'PartyTaxScheme', 'TaxLevelCode'),
  };
}

/** Without check digit, which UBL keeps in an attribute of its own. */
function taxIdOf(party: XmlElement | undefined): string | null {
  return (
    textAt(party, 'PartyTaxScheme', 'CompanyID') ??
    textAt(party, 'PartyLegalEntity', 'CompanyID') ??
    textAt(party, 'PartyIdentification', 'ID')
  );
}

function nameOf(party: XmlElement | undefined): string | null {
  return (
    textAt(party, 'PartyTaxScheme', 'RegistrationName') ??
    textAt(party, 'PartyLegalEntity', 'RegistrationName') ??
    textAt(party, 'PartyName', 'Name')
  );
}

/** The totals of all taxes together, one element a tax. */
function taxAmount(root: XmlElement, name: string): string | null {
  const amounts = allAt(root, [name, 'TaxAmount']).map((amount) => decimalIn(textOf(amount)));
  const sum = sumOf(amounts);
  return sum === null ? null : fromMicros(sum);
}

function itemOf(line: XmlElement): InvoiceItem {
  const quantity = elementsOf(line).find(({ name }) => /^(Invoiced|Credited|Debited)Quantity$/.test(name));
  return {
    productCode: textAt(line, 'Item', 'StandardItemIdentification', 'ID'),
    sku: textAt(line, 'Item', 'SellersItemIdentification', 'ID'),
    description: textAt(line, 'Item', 'Description'),
    quantity: quantity ? decimalIn(textOf(quantity)) : null,
    unit: quantity?.attributes.get('unitCode') ?? null,
    unitPrice: decimalIn(textAt(line, 'Price', 'PriceAmount')),
    amount: decimalIn(textAt(line, 'LineExtensionAmount')),
    discount: discountOf(line),
  };
}

function discountOf(line: XmlElement): string | null {
  const allowances = allAt(line, ['AllowanceCharge']).filter((each) => textAt(each, 'ChargeIndicator') === 'false');
  const sum = sumOf(allowances.map((each) => decimalIn(textAt(each, 'Amount'))));
  return sum === null ? null : fromMicros(sum);
}
