import type { Arithmetic } from '../../../domain/e-invoice.ts';
import { compareTotal } from '../arithmetic.ts';
import { decimalIn, sumOf, toMicros } from '../decimal.ts';
import { allAt, textAt, textOf, type XmlElement } from '../xml/xml-element.ts';

/**
 * Payable = lines + taxes − allowances + charges − prepaid + rounding (UBL 2.1, LegalMonetaryTotal). Taxes withheld are for the
 * buyer's books and not part of it.
 */
export function ublArithmetic(root: XmlElement, totals: XmlElement | undefined): Arithmetic {
  const amount = (name: string) => toMicros(decimalIn(textAt(totals, name)));
  const [stated, lines] = [amount('PayableAmount'), amount('LineExtensionAmount')];
  if (lines === null) return compareTotal(stated, null);
  const taxes = sumOf(allAt(root, ['TaxTotal', 'TaxAmount']).map((tax) => decimalIn(textOf(tax)))) ?? 0n;
  const added = (amount('ChargeTotalAmount') ?? 0n) + (amount('PayableRoundingAmount') ?? 0n);
  const subtracted = (amount('AllowanceTotalAmount') ?? 0n) + (amount('PrepaidAmount') ?? 0n);
  return compareTotal(stated, lines + taxes + added - subtracted);
}
